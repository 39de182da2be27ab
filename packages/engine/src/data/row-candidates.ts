import { ServerError } from '../postgres/server-error.ts';
import type { Row, Session } from '../postgres/session.ts';
import { type CandidateQuery, candidateQuery, type Preference } from './candidate-query.ts';
import type { Component } from './components.ts';
import { saidValues } from './said-values.ts';
import { type ForeignKeyShape, mayNotRepeat, type TableShape } from './table-shape.ts';

/** What candidates for the rows of one table are made of. */
export interface RowCandidatesRequest {
  readonly table: TableShape;
  readonly components: readonly Component[];
  /** Texts that the type of a column takes, by column, the likeliest first. */
  readonly pool: ReadonlyMap<string, readonly string[]>;
  readonly stateOf: (key: ForeignKeyShape) => 'filled' | 'empty' | 'later';
  /** Whether there is to be a row with nothing where nothing is allowed. */
  readonly startsWithNothing: boolean;
  /** How many values of each component are asked for. */
  readonly limit: number;
}

/** Rows that may be written, or why there are none. */
export type RowCandidates =
  | {
      readonly kind: 'rows';
      /** Without end: what there is comes again. Rows with nothing, where there are any, stand among the others. */
      readonly rowAt: (place: number) => Row;
      /** Foreign keys whose counterpart is yet to come. */
      readonly takenOnTrust: readonly ForeignKeyShape[];
    }
  | { readonly kind: 'none'; readonly reason: string };

/**
 * Asks the server for values that meet a table's conditions and foreign keys, for all of its components at once.
 * @throws ServerError when the connection breaks
 */
export async function rowCandidates(session: Session, request: RowCandidatesRequest): Promise<RowCandidates> {
  const proposed = await candidatesOf(session, request, 'proposed');
  const isSaid = request.components.some(({ conditions, columns }) => {
    const names = columns.map(({ name }) => name);
    return saidValues(conditions, names).size > 0;
  });
  return proposed.kind === 'none' && isSaid ? candidatesOf(session, request, 'computed') : proposed;
}

/** @param values whether those that a condition says are computed, where none that were proposed meet it */
async function candidatesOf(
  session: Session,
  request: RowCandidatesRequest,
  values: 'proposed' | 'computed',
): Promise<RowCandidates> {
  const { components, startsWithNothing, table } = request;
  const computes = values === 'computed';
  const queries = components.map((component) =>
    queryFor(request, component, { preference: 'values', computes }),
  );
  const nothing = startsWithNothing
    ? components.map((component) => queryFor(request, component, { preference: 'nulls', computes }))
    : [];
  const answers = await answersTo(session, [...queries, ...nothing]);
  const others = columnsFound(components, answers.slice(0, queries.length));
  if ('reason' in others) return { kind: 'none', reason: others.reason };
  const first = columnsFound(components, answers.slice(queries.length));
  const takenOnTrust = queries.flatMap((query) => (query.kind === 'query' ? query.takenOnTrust : []));
  const keyed = components.map(({ columns }) => columns.some(({ name }) => mayNotRepeat(table, name)));
  const valuesAt = (place: number, values: number) => rowOf(others.found, { keyed, key: place, values });
  if (!startsWithNothing || 'reason' in first)
    return { kind: 'rows', rowAt: (place) => valuesAt(place, place), takenOnTrust };
  const rowAt = (place: number) =>
    place % BETWEEN_NOTHINGS === 0
      ? rowOf(first.found, { keyed, key: place, values: 0 })
      : valuesAt(place, place - Math.ceil(place / BETWEEN_NOTHINGS));
  return { kind: 'rows', rowAt, takenOnTrust };
}

/** Where the first row with nothing is refused or there already, another key may do. */
const BETWEEN_NOTHINGS = 8;

function queryFor(
  { table, pool, stateOf, limit }: RowCandidatesRequest,
  component: Component,
  { preference, computes }: { preference: Preference; computes: boolean },
): CandidateQuery {
  const common = { component, table: table.oid, pools: pool, target: stateOf };
  return candidateQuery({ ...common, preference, computes, limit });
}

/** Rows, or what the server or the proposal has against them. */
type Answer = readonly Row[] | string;

async function answersTo(session: Session, queries: readonly CandidateQuery[]): Promise<Answer[]> {
  const asked = queries.flatMap((query) => (query.kind === 'query' ? [query.sql] : []));
  const results = [...(await resultsOf(session, asked))];
  return queries.map((query) => {
    if (query.kind === 'none') return query.reason;
    return query.kind === 'known' ? query.candidates : (results.shift() ?? []);
  });
}

/** In one round trip; when one of them fails, one after the other, to see which. */
async function resultsOf(session: Session, asked: readonly string[]): Promise<Answer[]> {
  if (asked.length === 0) return [];
  const together = await orRefusal(session.batch(asked.join(';')));
  if (typeof together !== 'string') return together;
  if (asked.length === 1) return [together];
  const results: Answer[] = [];
  for (const sql of asked) results.push(await orRefusal(session.query(sql)));
  return results;
}

async function orRefusal<Result>(result: Promise<Result>): Promise<Result | string> {
  return result.catch((error: unknown) => {
    if (!(error instanceof ServerError) || error.sqlstate === null) throw error;
    return error.message;
  });
}

function columnsFound(
  components: readonly Component[],
  answers: readonly Answer[],
): { found: readonly (readonly Row[])[] } | { reason: string } {
  const found: (readonly Row[])[] = [];
  for (const [place, component] of components.entries()) {
    const answer = answers[place] ?? [];
    if (typeof answer === 'string') return { reason: answer };
    if (answer.length === 0) return { reason: unmet(component) };
    found.push(answer);
  }
  return { found };
}

function unmet({ conditions, columns }: Component): string {
  const names = columns.map(({ name }) => name).join(', ');
  return conditions.length === 0
    ? `no values were found for ${names}`
    : `no values were found for ${names} that meet ${conditions.join(' and ')}`;
}

/** Rows with nothing between them count for keys, not for other values. */
function rowOf(
  found: readonly (readonly Row[])[],
  { keyed, key, values }: { keyed: readonly boolean[]; key: number; values: number },
): Row {
  return Object.assign(
    {},
    ...found.map((rows, of) => rows[(keyed[of] === true ? key : values) % rows.length]),
  );
}
