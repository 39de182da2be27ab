import { afterAll, expect, test } from 'vitest';
import { compareContents } from '../../src/data/compare-contents.ts';
import { readTables } from '../../src/data/read-tables.ts';
import { sumsQuery } from '../../src/data/sums-query.ts';
import { readContents } from '../../src/data/table-content.ts';
import type { Session } from '../../src/postgres/session.ts';
import { openDumpJudge } from '../oracles/dump-judge.ts';
import { openTestServer } from '../server.ts';

const dumpJudge = openDumpJudge();
afterAll(() => dumpJudge.close());

/** Values of many types, NULL among them, in tables with a key, with several that could be it, and with none. */
const TABLES = `
  create table keyed (id bigint generated always as identity, gone text, b text, a integer, amount numeric, weight double precision,
    moment timestamptz, token uuid, attributes jsonb, raw bytea, primary key (b, id));
  insert into keyed (b, a, amount, weight, moment, token, attributes, raw)
    select 'b' || n % 3, nullif(n % 5, 0), n / 4.0, case when n % 7 > 0 then sqrt(n) end, timestamptz '2026-01-01' + n * interval '1 hour 1 microsecond',
      md5(n::text)::uuid, json_build_object('n', n), decode(md5(n::text), 'hex') from generate_series(1, 2000) n;
  alter table keyed drop column gone;
  create table with_choice (z integer not null, y integer not null, note text);
  create unique index on with_choice (z);
  create unique index a_name_before_all_others on with_choice (y);
  insert into with_choice select n, -n, 'note ' || n from generate_series(1, 2000) n;
  create table keyless (v integer, w text);
  insert into keyless select n % 10, case when n % 3 > 0 then '' end from generate_series(1, 2000) n`;

async function sums(session: Session) {
  const contents = await readContents(session, await readTables(session), 1_000);
  expect(contents.map(({ kind }) => kind)).toEqual(['sums', 'sums', 'sums']);
  return contents.map(({ oid: _, numbers: __, ...content }) => content);
}

async function inDatabases(
  work: (one: Session, other: Session, url: string) => Promise<void>,
): Promise<void> {
  const server = await openTestServer();
  const databases = [await server.createDatabase(), await server.createDatabase()] as const;
  const sessions = [await server.connect(databases[0]), await server.connect(databases[1])] as const;
  try {
    await work(...sessions, server.databaseUrl(databases[0]));
  } finally {
    for (const session of sessions) await session.close();
    for (const database of databases) await server.dropDatabase(database);
  }
}

test('what was dumped and restored has the same sums, and one value less makes others', async () => {
  await inDatabases(async (session, restored, url) => {
    await session.batch(TABLES);
    await restored.batch(await dumpJudge.withRows(url));
    await restored.reset();
    const before = await sums(session);
    const byName = (contents: typeof before) => contents.toSorted((a, b) => (a.table < b.table ? -1 : 1));
    expect(byName(await sums(restored))).toEqual(byName(before));
    await restored.query('update keyed set amount = null where id = 1000');
    const contents = await Promise.all(
      [session, restored].map(async (each) => readContents(each, await readTables(each), 1_000)),
    );
    expect(compareContents(contents[0] ?? [], contents[1] ?? [])).toEqual([
      { table: 'public.keyed', column: 'amount', what: 'values-changed', rows: null, example: null },
    ]);
  });
});

test('parallel workers share the reading, and their sums are the same', async () => {
  await inDatabases(async (session) => {
    await session.batch(TABLES);
    const alone = await sums(session);
    const settings = ['min_parallel_table_scan_size', 'parallel_setup_cost'];
    await session.batch(settings.map((setting) => `set ${setting} = 0`).join(';'));
    expect(await sums(session)).toEqual(alone);
    for (const table of await readTables(session)) {
      const plan = await session.query(`explain (verbose) ${sumsQuery(table)}`);
      const lines = plan.map((row) => String(row['QUERY PLAN']));
      expect(lines.join('\n')).toContain('Partial Aggregate');
      // Computed where the table is read, the key's hash is computed once for each row.
      expect(lines.findLast((line) => line.includes('Output:'))).toContain('hashtextextended');
    }
  });
});
