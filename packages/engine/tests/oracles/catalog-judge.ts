import { createHash } from 'node:crypto';
import type { Row, Session } from '../../src/postgres/session.ts';
import { type CatalogQuery, catalogQueries, type Query } from './catalog-query.ts';

/** Everything that the catalogs of one database say at one moment, without object identifiers. */
export interface CatalogText {
  /** Catalog → sorted lines `identity␟column=value␟column=value…` (␟ is U+001F). */
  readonly catalogs: ReadonlyMap<string, readonly string[]>;
  /** SHA-256 over all lines, hexadecimal. */
  readonly hash: string;
}

const SEPARATOR = '\u001f';

/** Deparsed text depends on these settings; the names in it on the search path (pg_temp is first unless it is named). */
const PINNED = [
  ...['search_path = pg_catalog, pg_temp', "datestyle = 'ISO, YMD'", 'intervalstyle = postgres'],
  ...["timezone = 'UTC'", 'extra_float_digits = 3', 'bytea_output = hex', 'xmloption = content'],
  ...["lc_monetary = 'C'", 'quote_all_identifiers = off', 'jit = off', 'row_security = off'],
].map((setting) => `set local ${setting};`);

const queriesByVersion = new Map<string, Promise<readonly CatalogQuery[]>>();

/**
 * How far the judge looks: `cluster` takes in roles, memberships, their settings, tablespaces. Where others work on
 * the same server at the same time, only what belongs to the `database` stays as it was.
 */
export type Scope = 'cluster' | 'database';

/** Catalogs of the cluster, as far as they say nothing about the current database. */
const CLUSTER: ReadonlySet<string> = new Set([
  'pg_authid',
  'pg_auth_members',
  'pg_parameter_acl',
  'pg_tablespace',
]);
/** Catalogs that speak of both; lines about the cluster begin so. */
const SHARED: ReadonlySet<string> = new Set(['pg_db_role_setting', 'pg_shdescription']);
const OF_CLUSTER = /^(every database|role|tablespace) /;

/**
 * Reads every column of every catalog that belongs to the session's database, and of the shared ones what
 * concerns it: roles (without passwords), memberships, settings, the database's own row.
 * It shares nothing with the snapshot that it judges. Works on PostgreSQL 14 and newer, as a superuser.
 * @throws ServerError when the server refuses
 */
export async function judgeCatalog(session: Session, scope: Scope): Promise<CatalogText> {
  await session.query('begin isolation level repeatable read read only');
  try {
    return await judgeInTransaction(session, scope);
  } finally {
    await session.query('rollback');
  }
}

/**
 * The same inside a transaction that is open already, and may be rolled back afterwards.
 * Settings stay pinned until it ends.
 */
export async function judgeInTransaction(session: Session, scope: Scope): Promise<CatalogText> {
  const queries = (await queriesFor((sql) => session.query(sql))).filter(
    (query) => scope === 'cluster' || !CLUSTER.has(query.catalog),
  );
  const batch = [...PINNED, ...queries.map((query) => `${query.sql};`)].join('\n');
  const results = (await session.batch(batch)).slice(PINNED.length);
  return textOf(
    queries.map(({ catalog }, place) => ({ catalog, rows: results[place] ?? [] })),
    scope,
  );
}

/** Sends several statements over one connection, and gives the rows of each. */
export type Ask = (sql: string) => Promise<readonly (readonly Row[])[]>;

/**
 * Reads what users made in one database again and again, and only in some catalogs: what PostgreSQL itself brought takes longer to
 * read than all the rest, and so does the planning for catalogs in which nothing is, which is done once here.
 */
export class OwnCatalogJudge {
  readonly #ask: Ask;
  readonly #queries: readonly CatalogQuery[];
  #isPrepared = false;

  private constructor(ask: Ask, queries: readonly CatalogQuery[]) {
    this.#ask = ask;
    this.#queries = queries;
  }

  /**
   * @param ask over a connection that is the judge's own as long as it reads
   * @param catalogs their names
   */
  static async on(ask: Ask, catalogs: ReadonlySet<string>): Promise<OwnCatalogJudge> {
    const queries = await queriesFor(async (sql) => (await ask(sql)).at(-1) ?? []);
    return new OwnCatalogJudge(
      ask,
      queries.filter(({ about, catalog }) => about === 'own' && catalogs.has(catalog)),
    );
  }

  /**
   * @param without what is done to the database before, and taken back after it; SQL
   * @throws the connection's error when the server refuses
   */
  async judge(without: string): Promise<CatalogText> {
    const first = ['begin isolation level repeatable read;', `${without};`, ...PINNED];
    const prepared = this.#isPrepared
      ? []
      : this.#queries.map(({ sql }, place) => `prepare own_${place} as ${sql};`);
    const read = this.#queries.map((_, place) => `execute own_${place};`);
    const results = await this.#ask([...first, ...prepared, ...read, 'rollback'].join('\n'));
    this.#isPrepared = true;
    const skipped = first.length + prepared.length;
    return textOf(
      this.#queries.map(({ catalog }, place) => ({ catalog, rows: results[skipped + place] ?? [] })),
      'database',
    );
  }
}

interface CatalogRows {
  readonly catalog: string;
  readonly rows: readonly Row[];
}

function textOf(read: readonly CatalogRows[], scope: Scope): CatalogText {
  const catalogs = new Map<string, string[]>();
  for (const { catalog, rows } of read) {
    const lines = rows
      .map((row) => `${row['identity']}${SEPARATOR}${row['state']}`)
      .filter((line) => scope === 'cluster' || !(SHARED.has(catalog) && OF_CLUSTER.test(line)));
    catalogs.set(catalog, [...(catalogs.get(catalog) ?? []), ...lines]);
  }
  for (const lines of catalogs.values()) lines.sort();
  return {
    catalogs,
    hash: createHash('sha256')
      .update(JSON.stringify([...catalogs]))
      .digest('hex'),
  };
}

async function queriesFor(query: Query): Promise<readonly CatalogQuery[]> {
  const version = String((await query('select version() as version'))[0]?.['version']);
  const queries = queriesByVersion.get(version) ?? catalogQueries(query);
  queriesByVersion.set(version, queries);
  return queries;
}

/** One row of a catalog that is not the same. */
export interface CatalogDifference {
  readonly catalog: string;
  readonly identity: string;
  readonly change: 'missing' | 'extra' | 'different';
  /** For `different`: `column=value` of both sides. */
  readonly columns: readonly { readonly before: string; readonly after: string }[];
}

/**
 * What differs, one sentence each: `+ pg_class: public.t` (only in b), `- …` (only in a), and
 * `~ pg_class: public.t: relrowsecurity=false → relrowsecurity=true` for a column of a row that is in both.
 * @returns empty when the catalogs say the same
 */
export function compareCatalogs(a: CatalogText, b: CatalogText): string[] {
  return catalogDifferences(a, b).map(({ catalog, identity, change, columns }) => {
    if (change !== 'different') return `${change === 'missing' ? '-' : '+'} ${catalog}: ${identity}`;
    const changes = columns.map(({ before, after }) => `${before} → ${after}`).join('; ');
    return `~ ${catalog}: ${identity}: ${changes}`;
  });
}

/** The same for programs. */
export function catalogDifferences(a: CatalogText, b: CatalogText): CatalogDifference[] {
  const names = new Set([...a.catalogs.keys(), ...b.catalogs.keys()]);
  return [...names].flatMap((catalog) =>
    compareLines(a.catalogs.get(catalog) ?? [], b.catalogs.get(catalog) ?? []).map((difference) => ({
      catalog,
      ...difference,
    })),
  );
}

type LineDifference = Omit<CatalogDifference, 'catalog'>;

function compareLines(a: readonly string[], b: readonly string[]): LineDifference[] {
  const onlyA = without(a, b);
  const onlyB = without(b, a);
  const differences: LineDifference[] = [];
  for (const line of onlyA) {
    const identity = identityOf(line);
    const partner = onlyB.findIndex((candidate) => identityOf(candidate) === identity);
    const other = partner === -1 ? undefined : onlyB.splice(partner, 1)[0];
    if (other === undefined) differences.push({ identity, change: 'missing', columns: [] });
    else differences.push({ identity, change: 'different', columns: changedColumns(line, other) });
  }
  const extra = onlyB.map((line) => ({ identity: identityOf(line), change: 'extra', columns: [] }) as const);
  return [...differences, ...extra];
}

/** The lines of `a` that `b` does not have, each as often as `a` has it more. */
function without(a: readonly string[], b: readonly string[]): string[] {
  const left = new Map<string, number>();
  for (const line of b) left.set(line, (left.get(line) ?? 0) + 1);
  return a.filter((line) => {
    const count = left.get(line) ?? 0;
    if (count > 0) left.set(line, count - 1);
    return count === 0;
  });
}

function identityOf(line: string): string {
  return line.slice(0, line.indexOf(SEPARATOR));
}

function changedColumns(a: string, b: string): CatalogDifference['columns'] {
  const old = a.split(SEPARATOR).slice(1);
  const now = b.split(SEPARATOR).slice(1);
  return now.flatMap((after, place) => {
    const before = old[place] ?? '';
    return before === after ? [] : [{ before, after }];
  });
}
