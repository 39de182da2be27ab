import { and, desc, eq, isNull, ne } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { invoices } from '../db/schema/index.ts';
import { afterCursor, type PageRequest, pageOf, positionOf } from './page.ts';

/** A page of the invoices that a customer has been sent, newest first. Amounts are decimal numbers as text. */
export async function listIssuedInvoices(
  queries: Queries,
  request: PageRequest & { readonly organizationId: string; readonly customerId: string },
) {
  const rows = await queries
    .select({
      id: invoices.id,
      number: invoices.number,
      status: invoices.status,
      issuedOn: invoices.issuedOn,
      dueOn: invoices.dueOn,
      total: invoices.total,
      createdAt: invoices.createdAt,
      position: positionOf(invoices.createdAt, invoices.id),
    })
    .from(invoices)
    .where(
      and(
        eq(invoices.organizationId, request.organizationId),
        eq(invoices.customerId, request.customerId),
        ne(invoices.status, 'draft'),
        isNull(invoices.deletedAt),
        afterCursor(invoices.createdAt, invoices.id, request.cursor),
      ),
    )
    .orderBy(desc(invoices.createdAt), desc(invoices.id))
    .limit(request.limit + 1);
  return pageOf(rows, request.limit);
}
