import { createHash } from 'node:crypto';
import type { Session } from '../../src/postgres/session.ts';
import { type CatalogQuery, catalogQueries } from './catalog-query.ts';

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
  const queries = (await queriesFor(session)).filter(
    (query) => scope === 'cluster' || !CLUSTER.has(query.catalog),
  );
  const batch = [...PINNED, ...queries.map((query) => `${query.sql};`)].join('\n');
  const results = (await session.batch(batch)).slice(PINNED.length);
  const catalogs = new Map<string, string[]>();
  for (const [index, rows] of results.entries()) {
    const name = queries[index]?.catalog ?? '';
    const lines = rows
      .map((row) => `${row['identity']}${SEPARATOR}${row['state']}`)
      .filter((line) => scope === 'cluster' || !(SHARED.has(name) && OF_CLUSTER.test(line)));
    catalogs.set(name, [...(catalogs.get(name) ?? []), ...lines]);
  }
  for (const lines of catalogs.values()) lines.sort();
  return {
    catalogs,
    hash: createHash('sha256')
      .update(JSON.stringify([...catalogs]))
      .digest('hex'),
  };
}

async function queriesFor(session: Session): Promise<readonly CatalogQuery[]> {
  const version = String((await session.query('select version() as version'))[0]?.['version']);
  const queries = queriesByVersion.get(version) ?? catalogQueries(session);
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
