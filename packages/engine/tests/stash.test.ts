import { afterAll, beforeAll, expect, test } from 'vitest';
import { InputError } from '../src/errors/input-error.ts';
import type { EphemeralDatabase, Server } from '../src/postgres/server.ts';
import type { Session } from '../src/postgres/session.ts';
import { stash } from '../src/stash.ts';
import { openTestServer, testSurroundings } from './server.ts';

let server: Server;
let database: EphemeralDatabase;
let session: Session;
let url: string;

beforeAll(async () => {
  server = await openTestServer();
  database = await server.createDatabase();
  session = await server.connect(database);
  url = server.databaseUrl(database);
});
afterAll(() => session.close());

const list = () => stash(url, { action: 'list' }, testSurroundings());

test('a database without a stash says so', async () => {
  const report = await list();
  expect(report).toMatchObject({ command: 'stash', stashes: [], exitCode: 0 });
});

test('what is held is listed, and purged where it is named or past its day; other tables stay', async () => {
  await session.batch(`
    create schema pivotal_flow_stash;
    create table pivotal_flow_stash.manifest (migration text, stash text, added text, source text, state text, row_count bigint default 3,
      byte_count bigint default 8192, created_at timestamptz default now(), expires_at timestamptz);
    create table pivotal_flow_stash.sequence_positions (migration text, sequence text, last_value bigint, is_called boolean);
    create table pivotal_flow_stash."1_a" (id int);
    create table pivotal_flow_stash."1_a added" (id int);
    create table pivotal_flow_stash."2_b" (id int);
    create table public.app (id int);
    insert into pivotal_flow_stash.sequence_positions values ('1_a', 'public.s', 7, true), ('2_b', 'public.s', 8, true);
    insert into pivotal_flow_stash.manifest (migration, stash, added, source, state, expires_at) values
      ('1_a', 'pivotal_flow_stash."1_a"', 'pivotal_flow_stash."1_a added"', 'public.app', 'held', now() + interval '1 day'),
      ('2_b', 'pivotal_flow_stash."2_b"', null, 'public.app', 'restored', now() - interval '1 day'),
      ('3_c', 'public.app', null, 'public.app', 'held', now() - interval '1 day')`);
  const before = await list();
  expect(before.stashes.map(({ migration, state, isExpired }) => [migration, state, isExpired])).toEqual([
    ['1_a', 'held', false],
    ['2_b', 'restored', true],
    ['3_c', 'held', true],
  ]);
  await stash(url, { action: 'purge', ids: ['1_a'], expired: false }, testSurroundings());
  expect(await tables()).toEqual(['pivotal_flow_stash."2_b"', 'public.app']);
  const after = await stash(url, { action: 'purge', ids: [], expired: true }, testSurroundings());
  expect(after.stashes.map(({ state, rows, bytes }) => [state, rows, bytes])).toEqual([
    ['purged', 0, 0],
    ['purged', 0, 0],
    ['purged', 0, 0],
  ]);
  expect(await tables()).toEqual(['public.app']);
  expect(await session.query('select * from pivotal_flow_stash.sequence_positions')).toEqual([]);
});

test('a migration of which nothing is held is an error, and nothing else is purged', async () => {
  await session.batch(`update pivotal_flow_stash.manifest set state = 'held' where migration = '3_c'`);
  const purged = stash(
    url,
    { action: 'purge', ids: ['3_c', '1_a', 'x'], expired: false },
    testSurroundings(),
  );
  const error = await purged.catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  expect((error as InputError).problems.map(({ message }) => message)).toEqual([
    'nothing is held for 1_a',
    'nothing is held for x',
  ]);
  const { stashes } = await list();
  expect(stashes.find(({ migration }) => migration === '3_c')?.state).toBe('held');
});

test.each([
  ['no URL', '', 'invalid-database'],
  ['something else', 'mysql://a@b/c', 'invalid-database'],
])('%s is an error that says what to type', async (_name, target, code) => {
  await expect(stash(target, { action: 'list' }, testSurroundings())).rejects.toMatchObject({
    problems: [{ code }],
  });
});

test('a database that cannot be reached is named without its password', async () => {
  const target = 'postgres://nobody:geheim@127.0.0.1:1/x';
  const error = await stash(target, { action: 'list' }, testSurroundings()).catch(
    (thrown: unknown) => thrown,
  );
  expect(error).toMatchObject({ code: 'server-unreachable' });
  expect(String(error)).not.toContain('geheim');
});

test('a role that may not look at it is told which one may', async () => {
  await session.batch('create role stash_stranger login');
  try {
    const stranger = new URL(url);
    stranger.searchParams.set('user', 'stash_stranger');
    const error = await stash(stranger.href, { action: 'list' }, testSurroundings()).catch(
      (thrown: unknown) => thrown,
    );
    expect(error).toMatchObject({
      code: 'stash-refused',
      fix: expect.stringContaining('the role that applies'),
    });
    expect(String(error)).toContain('42501');
  } finally {
    await session.query('drop role stash_stranger');
  }
});

async function tables(): Promise<string[]> {
  const rows = await session.query(`select format('%I.%I', schemaname, tablename) as name from pg_tables
    where schemaname in ('public', 'pivotal_flow_stash') and tablename not in ('manifest', 'sequence_positions') order by 1`);
  return rows.map(({ name }) => String(name));
}
