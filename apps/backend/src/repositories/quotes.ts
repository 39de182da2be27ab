import { and, asc, desc, eq, isNull, lte, ne, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import type { Metadata } from '../db/schema/columns.ts';
import { quoteLineItems, quotes } from '../db/schema/index.ts';
import { afterCursor, type PageRequest, pageOf, positionOf } from './page.ts';

/** Which quotes of an organization are looked for. What is not given is not asked about. */
export interface QuoteSearch extends PageRequest {
  readonly organizationId: string;
  readonly status?: (typeof quotes.status.enumValues)[number] | undefined;
  readonly customerId?: string | undefined;
  /** Quotes that wait for an answer and end on this day or before. */
  readonly openUntil?: string | undefined;
  /** What the quote's metadata contain (`@>`). */
  readonly metadata?: Metadata | undefined;
  /** Leaves out drafts, which a customer does not see. */
  readonly issuedOnly?: boolean | undefined;
}

const COLUMNS = {
  id: quotes.id,
  customerId: quotes.customerId,
  projectId: quotes.projectId,
  number: quotes.number,
  title: quotes.title,
  status: quotes.status,
  issuedOn: quotes.issuedOn,
  validUntil: quotes.validUntil,
  subtotal: quotes.subtotal,
  tax: quotes.tax,
  total: quotes.total,
  createdAt: quotes.createdAt,
};

/**
 * The query of {@link searchQuotes}. The indexes of migration 0004_quote_performance_indexes serve it, each another
 * kind of search; conditions repeat the predicates of the partial ones word for word, so that the planner sees it.
 * @throws RequestError `bad_request` when the cursor is not one that we gave
 */
export function quoteSearchQuery(queries: Queries, search: QuoteSearch) {
  return queries
    .select({ ...COLUMNS, position: positionOf(quotes.createdAt, quotes.id) })
    .from(quotes)
    .where(
      and(
        eq(quotes.organizationId, search.organizationId),
        isNull(quotes.deletedAt),
        search.status ? eq(quotes.status, search.status) : undefined,
        search.customerId ? eq(quotes.customerId, search.customerId) : undefined,
        search.openUntil ? isOpenUntil(search.openUntil) : undefined,
        search.metadata ? sql`${quotes.metadata} @> ${JSON.stringify(search.metadata)}::jsonb` : undefined,
        search.issuedOnly ? ne(quotes.status, 'draft') : undefined,
        afterCursor(quotes.createdAt, quotes.id, search.cursor),
      ),
    )
    .orderBy(desc(quotes.createdAt), desc(quotes.id))
    .limit(search.limit + 1);
}

/** A page of the quotes that are looked for, newest first. Amounts are decimal numbers as text. */
export async function searchQuotes(queries: Queries, search: QuoteSearch) {
  return pageOf(await quoteSearchQuery(queries, search), search.limit);
}

/** An issued quote of a customer with its lines in their order; `null` when there is none that the customer may see. */
export async function findIssuedQuote(
  queries: Queries,
  { organizationId, customerId, id }: { organizationId: string; customerId: string; id: string },
) {
  const [quote] = await queries
    .select(COLUMNS)
    .from(quotes)
    .where(
      and(
        eq(quotes.organizationId, organizationId),
        eq(quotes.customerId, customerId),
        eq(quotes.id, id),
        ne(quotes.status, 'draft'),
        isNull(quotes.deletedAt),
      ),
    );
  if (quote === undefined) return null;
  const lineItems = await queries
    .select({
      position: quoteLineItems.position,
      description: quoteLineItems.description,
      quantity: quoteLineItems.quantity,
      unitPrice: quoteLineItems.unitPrice,
      lineTotal: quoteLineItems.lineTotal,
    })
    .from(quoteLineItems)
    .where(and(eq(quoteLineItems.organizationId, organizationId), eq(quoteLineItems.quoteId, id)))
    .orderBy(asc(quoteLineItems.position));
  return { ...quote, lineItems };
}

function isOpenUntil(day: string) {
  return and(sql`${quotes.status} IN ('draft', 'sent')`, lte(quotes.validUntil, day));
}
