import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import type { Component } from './components.ts';
import { constantsOf } from './expression-constants.ts';
import { saidValues } from './said-values.ts';
import { CANDIDATE } from './singled-out.ts';
import type { ColumnShape, ForeignKeyShape } from './table-shape.ts';

/** Which of several values that all fit comes first. */
export type Preference = 'values' | 'nulls';

/** What candidates are made of. */
export interface CandidateRequest {
  readonly component: Component;
  /** OID of the table, to tell foreign keys to itself. */
  readonly table: string;
  /** Texts that the type of a column takes, by column, the likeliest first. */
  readonly pools: ReadonlyMap<string, readonly string[]>;
  /** Whether a table that is referred to holds rows, or will not hold any, or will by the time all are filled. */
  readonly target: (foreignKey: ForeignKeyShape) => 'filled' | 'empty' | 'later';
  readonly preference: Preference;
  /** Whether values are computed where conditions say what they are; otherwise they are proposed like all others. */
  readonly computes: boolean;
  /** How many candidates are asked for. */
  readonly limit: number;
}

/** Candidates where nothing has to be asked, a query for them, or why there can be none. */
export type CandidateQuery =
  | { readonly kind: 'known'; readonly candidates: readonly Readonly<Record<string, string | null>>[] }
  | { readonly kind: 'query'; readonly sql: string; readonly takenOnTrust: readonly ForeignKeyShape[] }
  | { readonly kind: 'none'; readonly reason: string };

/** How many combinations the server may have to look at. */
const MOST_COMBINATIONS = 20_000;

/** Stands behind every value. */
const LAST_CHOICE = 1_000;

/** Rows of a table that is referred to. */
const MOST_PARENTS = 6;

/**
 * Writes the query that lets PostgreSQL itself choose among values: the cross product of what each column may take, and the
 * real conditions over it. Its columns are the component's, as text; `null` comes as NULL.
 */
export function candidateQuery(request: CandidateRequest): CandidateQuery {
  const { component } = request;
  const [only] = component.columns;
  const isFree = component.conditions.length === 0 && component.foreignKeys.length === 0;
  return component.columns.length === 1 && only !== undefined && isFree
    ? freeColumn(only, request)
    : combinations(request);
}

/** A column that nothing else concerns may have any value that its type takes; nothing is the choice of the first row alone. */
function freeColumn(column: ColumnShape, { pools, preference, limit }: CandidateRequest): CandidateQuery {
  const pool: readonly (string | null)[] = pools.get(column.name) ?? [];
  if (column.notNull && pool.length === 0) return noValue(column);
  const isNothing = !column.notNull && (preference === 'nulls' || pool.length === 0);
  const values = isNothing ? [null] : pool.slice(0, limit);
  return { kind: 'known', candidates: values.map((value) => ({ [column.name]: value })) };
}

function noValue({ name, type }: ColumnShape): CandidateQuery {
  return { kind: 'none', reason: `no value is known for the column ${name} of type ${type}` };
}

function combinations(request: CandidateRequest): CandidateQuery {
  const { component, preference, limit } = request;
  const { parents, nulls, equal, takenOnTrust, reason } = foreignKeyPlan(request);
  if (reason !== null) return { kind: 'none', reason };
  const given = new Set(parents.flatMap(({ columns }) => columns));
  const open = component.columns.filter(({ name }) => !given.has(name) && !equal.has(name));
  const said = request.computes ? saidValues(component.conditions, namesOf(component.columns)) : NOTHING_SAID;
  const free = open.filter(({ name }) => !said.has(name));
  const most = Math.max(2, Math.floor(MOST_COMBINATIONS ** (1 / Math.max(1, free.length + parents.length))));
  const sources = [
    ...parents.map((parent) => parentSource(parent, Math.min(most, MOST_PARENTS), component)),
    ...free.map((column) =>
      pooled(
        column,
        nulls.has(column.name) ? [] : (request.pools.get(column.name) ?? []).slice(0, most),
        preference,
      ),
    ),
  ];
  const empty = free.find((column) => column.notNull && (request.pools.get(column.name) ?? []).length === 0);
  if (empty !== undefined) return noValue(empty);
  const inner = component.columns.map(({ name, type }) => {
    const value = given.has(name) ? undefined : said.get(name);
    const source = value ?? quoteIdentifier(equal.get(name) ?? name);
    return `${source}::${type} as ${quoteIdentifier(name)}`;
  });
  const order = sources.map((_, place) => rank(place)).join(' + ') || '1';
  const outer = component.columns.map(
    ({ name }) => `${quoteIdentifier(name)}::text as ${quoteIdentifier(name)}`,
  );
  const where = component.conditions.map((condition) => `(${condition})`).join(' and ') || 'true';
  // A CHECK that is neither true nor false is met (PostgreSQL manual 5.5.1).
  const sql = `select ${outer.join(', ')} from (select ${inner.join(', ')}, ${order} as "pivotal flow order" from ${joined(sources)} offset 0) ${CANDIDATE}
    where coalesce(${where}, true) order by "pivotal flow order", ${outer.map((_, place) => place + 1).join(', ')} limit ${limit}`;
  return { kind: 'query', sql, takenOnTrust };
}

const NOTHING_SAID: ReadonlyMap<string, string> = new Map();

function namesOf(columns: readonly ColumnShape[]): string[] {
  return columns.map(({ name }) => name);
}

interface Source {
  /** Names a table expression; one column, named by `rank`, says how likely each row is. */
  readonly write: (place: number) => string;
}

/** A name that no column has. */
function rank(place: number): string {
  return `"pivotal flow ${place}"`;
}

function joined(sources: readonly Source[]): string {
  return sources.map((source, place) => source.write(place)).join(' cross join ') || '(select 1) nothing';
}

function pooled(column: ColumnShape, pool: readonly string[], preference: Preference): Source {
  const values = pool.map((value, place) => `(${place + 1}, ${quoteLiteral(value)}::${column.type})`);
  const nothing = `(${preference === 'nulls' ? 0 : LAST_CHOICE}, null::${column.type})`;
  const all = column.notNull ? values : [nothing, ...values];
  return {
    write: (place) => `(values ${all.join(', ')}) p${place}(${rank(place)}, ${quoteIdentifier(column.name)})`,
  };
}

interface Parent {
  readonly columns: readonly string[];
  readonly foreignKeys: readonly ForeignKeyShape[];
}

/**
 * Foreign keys that share columns are drawn from rows of all their tables that agree on those columns. Where some of the
 * columns may be NULL, that is the last choice: a condition may want exactly one of several to be given, and one NULL is
 * enough for a foreign key to ask for nothing (MATCH SIMPLE, PostgreSQL manual, CREATE TABLE).
 */
function parentSource({ columns, foreignKeys }: Parent, most: number, component: Component): Source {
  const [first, ...rest] = foreignKeys.map((key, number) => parentRows(key, `k${number}`));
  const joins = rest.map(({ sql, columns: own }, number) => {
    const known = new Set(foreignKeys.slice(0, number + 1).flatMap((key) => key.columns));
    const common = own.filter((name) => known.has(name)).map(quoteIdentifier);
    return common.length > 0 ? `join ${sql} using (${common.join(', ')})` : `cross join ${sql}`;
  });
  const names = columns.map(quoteIdentifier).join(', ');
  // Asked for before any are left out: what is wanted may be behind the first ones.
  const asked = component.conditions.filter((condition) => isAbout(condition, columns));
  const where = asked.length === 0 ? '' : ` where coalesce(${asked.join(' and ')}, true)`;
  const given = `(select ${names} from ${first?.sql} ${joins.join(' ')}) ${CANDIDATE}`;
  const nullable = new Set(component.columns.flatMap(({ name, notNull }) => (notNull ? [] : [name])));
  const left = columns.map((name) => (nullable.has(name) ? 'null' : quoteIdentifier(name)));
  const isWhole = columns.every((name) => nullable.has(name));
  const nothing = isWhole
    ? ` union all select ${LAST_CHOICE}, ${left.join(', ')}`
    : ` union all (select ${LAST_CHOICE}, ${left.join(', ')} from ${given} limit ${most})`;
  const isOptional = columns.some((name) => nullable.has(name));
  return {
    write: (place) =>
      `((select row_number() over (order by row(${names})::text) as ${rank(place)}, ${names} from ${given}${where} limit ${most})${isOptional ? nothing : ''}) f${place}`,
  };
}

/** Whether a condition speaks of some of the columns and of nothing else. */
function isAbout(condition: string, columns: readonly string[]): boolean {
  const { columns: used } = constantsOf(condition);
  return used.length > 0 && used.every((name) => columns.includes(name));
}

function parentRows(key: ForeignKeyShape, alias: string): { sql: string; columns: readonly string[] } {
  const selected = key.targetColumns.map(
    (target, place) => `${quoteIdentifier(target)} as ${quoteIdentifier(key.columns[place] ?? target)}`,
  );
  const present = key.targetColumns.map((target) => `${quoteIdentifier(target)} is not null`);
  return {
    sql: `(select distinct ${selected.join(', ')} from ${key.targetName} where ${present.join(' and ')}) ${alias}`,
    columns: key.columns,
  };
}

interface ForeignKeyPlan {
  readonly parents: readonly Parent[];
  /** Columns that stay NULL, so that a foreign key asks for nothing (MATCH SIMPLE, PostgreSQL manual, CREATE TABLE). */
  readonly nulls: ReadonlySet<string>;
  /** Columns that have the value of another column of the same row: the row refers to itself. */
  readonly equal: ReadonlyMap<string, string>;
  readonly takenOnTrust: readonly ForeignKeyShape[];
  readonly reason: string | null;
}

function foreignKeyPlan({ component, table, target, preference }: CandidateRequest): ForeignKeyPlan {
  const nullable = (key: ForeignKeyShape) =>
    component.columns.filter(({ name, notNull }) => !notNull && key.columns.includes(name));
  const nulls = new Set<string>();
  const equal = new Map<string, string>();
  const drawn: ForeignKeyShape[] = [];
  const takenOnTrust: ForeignKeyShape[] = [];
  let reason: string | null = null;
  for (const key of component.foreignKeys) {
    const open = nullable(key);
    const isSelf = key.target === table;
    const state = isSelf ? 'later' : target(key);
    if (open.length > 0 && (state !== 'filled' || preference === 'nulls'))
      for (const { name } of open) nulls.add(name);
    else if (isSelf)
      for (const [place, name] of key.columns.entries()) equal.set(name, key.targetColumns[place] ?? name);
    else if (state === 'filled') drawn.push(key);
    else if (state === 'later') takenOnTrust.push(key);
    else reason ??= `its foreign key ${key.name} refers to ${key.targetName}, which holds no row`;
  }
  return { parents: groupsOf(drawn), nulls, equal, takenOnTrust, reason };
}

function groupsOf(keys: readonly ForeignKeyShape[]): Parent[] {
  const groups: ForeignKeyShape[][] = [];
  for (const key of keys) {
    const shares = (other: ForeignKeyShape) => other.columns.some((name) => key.columns.includes(name));
    const touching = groups.filter((group) => group.some(shares));
    const merged = [...touching.flat(), key];
    for (const group of touching) groups.splice(groups.indexOf(group), 1);
    groups.push(merged);
  }
  return groups.map((foreignKeys) => ({
    columns: [...new Set(foreignKeys.flatMap((key) => key.columns))],
    foreignKeys,
  }));
}
