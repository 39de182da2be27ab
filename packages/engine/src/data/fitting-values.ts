import type { Session } from '../postgres/session.ts';
import { quoteLiteral } from '../sql/quote.ts';
import { writableColumns } from './components.ts';
import { constantsOf, type ExpressionConstants } from './expression-constants.ts';
import { documentsFor } from './json-documents.ts';
import { textsMatching } from './matching-text.ts';
import { textsOf } from './shared-labels.ts';
import { type ColumnShape, mayNotRepeat, type TableShape } from './table-shape.ts';
import { TELLING, valuePool } from './value-pool.ts';

/** Texts that columns take, the likeliest first, by table's OID and column's name. */
export type Pools = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

/** Defines, for as long as the session is not reset, what `fitting` calls. */
export const FITS = `create or replace function pg_temp.pivotal_flow_fits(value text, type text) returns boolean language plpgsql as
  $$ declare known boolean; begin execute format('select (%L::%s) is not null', value, type) into known; return known; exception when others then return false; end $$`;

/** SQL that says whether a text is nothing or a value of a type. */
export function fitting(text: string, type: string): string {
  return `(${text} is null or pg_temp.pivotal_flow_fits(${text}, ${quoteLiteral(type)}))`;
}

/** Whose columns, and what is known of them. */
export interface PoolsRequest {
  readonly tables: readonly TableShape[];
  readonly seed: number;
  readonly fits: KnownFits;
  /** How many rows tables hold already, by OID. */
  readonly holding: ReadonlyMap<string, number>;
}

/** Asks the server which of the proposed texts each column's type takes, domains with their conditions. */
export async function poolsOf(
  session: Session,
  { tables, seed, fits, holding }: PoolsRequest,
): Promise<Pools> {
  const proposals = tables.flatMap((table): Proposal[] => {
    const read = table.conditions.map(({ expression }) => constantsOf(expression));
    return writableColumns(table).map((column) => {
      // Columns of one type have other values in the same row, so that an exchange of two is seen.
      const turn = seed + column.number;
      const constants = [...documentsOf(column, table), ...constantsFor(column, read)];
      const held = mayNotRepeat(table, column.name) ? (holding.get(table.oid) ?? 0) : 0;
      const values = valuePool(column, { constants, table: table.name, turn, held });
      return { table: table.oid, column, values };
    });
  });
  const alone = proposals.filter(({ column }) => column.alsoType !== null).map(withoutOtherType);
  await ask(session, [...proposals, ...alone], fits);
  const pools = new Map<string, Map<string, string[]>>();
  for (const proposal of proposals) {
    const { table, column } = proposal;
    // Where no value fits both types, the migration converts in a way of its own.
    const fitting = fittingValues(proposal, fits);
    const values =
      fitting.length === 0 && column.alsoType !== null
        ? fittingValues(withoutOtherType(proposal), fits)
        : fitting;
    if (values.length === 0) continue;
    const ofTable = pools.get(table) ?? new Map<string, string[]>();
    pools.set(table, ofTable);
    ofTable.set(column.name, values);
  }
  return pools;
}

/** What is proposed for one column. */
interface Proposal {
  /** OID. */
  readonly table: string;
  readonly column: ColumnShape;
  readonly values: readonly string[];
}

function withoutOtherType(proposal: Proposal): Proposal {
  return { ...proposal, column: { ...proposal.column, alsoType: null } };
}

function fittingValues({ column, values }: Proposal, fits: KnownFits): string[] {
  const of = questionsOf(column);
  return values.filter((value) => fits.get(of + value) === true);
}

/** What types take which texts, as far as the server was asked. */
export type KnownFits = Map<string, boolean>;

/** Begins the questions about one column: two of which the same is asked have the same types, with the same labels and conditions. */
function questionsOf({ type, alsoType, labels, domainConditions }: ColumnShape): string {
  return JSON.stringify([type, alsoType, textsOf(labels), domainConditions]);
}

async function ask(session: Session, proposals: readonly Proposal[], fits: KnownFits): Promise<void> {
  const open = new Map<string, { readonly column: ColumnShape; readonly value: string }>();
  for (const { column, values } of proposals) {
    const of = questionsOf(column);
    for (const value of values) if (!fits.has(of + value)) open.set(of + value, { column, value });
  }
  if (open.size === 0) return;
  const asked = [...open];
  const values = asked.map(([, { column, value }], place) => {
    const types = [column.type, column.alsoType ?? column.type].map(quoteLiteral);
    return `(${[place, quoteLiteral(value), ...types].join(', ')})`;
  });
  const [, accepted = []] = await session.batch(
    `${FITS}; select place from (values ${values.join(', ')}) proposal(place, value, type, also)
      where pg_temp.pivotal_flow_fits(value, type) and (also = type or pg_temp.pivotal_flow_fits(value, also))`,
  );
  const places = new Set(accepted.map((row) => Number(row['place'])));
  for (const [place, [key]] of asked.entries()) fits.set(key, places.has(place));
}

const JSON_TYPE = /^jsonb?$/;

function documentsOf({ name, baseType }: ColumnShape, { conditions }: TableShape): string[] {
  const expressions = conditions.map(({ expression }) => expression);
  return JSON_TYPE.test(baseType) ? documentsFor(expressions, name) : [];
}

function constantsFor(column: ColumnShape, read: readonly ExpressionConstants[]): string[] {
  const own = column.domainConditions.map(constantsOf);
  const about = read.filter(({ columns }) => columns.includes(column.name));
  return [...own, ...about].flatMap(({ constants, patterns }) => [
    ...patterns.flatMap((pattern) => textsMatching(pattern, TELLING)),
    ...constants,
  ]);
}
