import { afterAll, beforeAll, expect, test } from 'vitest';
import { readSnapshot } from '../src/catalog/read-snapshot.ts';
import type { Comparison } from '../src/diff/compare-snapshots.ts';
import type { Session } from '../src/postgres/session.ts';
import { reprint } from '../src/proof/reprint.ts';
import { openTestServer } from './server.ts';

let session: Session;

beforeAll(async () => {
  const server = await openTestServer();
  session = await server.connect(await server.createDatabase());
  await session.batch(`
    create table public.t (a int default 2, b text, constraint c check (a between 1 and 2));
    create index i on public.t ((a + 1));
    create view public.v as select a from public.t where a in (1, 2);
    create domain public.d as int constraint dc check (value between 1 and 2);
    alter table public.t enable row level security;
    create policy p on public.t using (a between 1 and 2)`);
});
afterAll(() => session.close());

/** Definitions in other words than PostgreSQL's own, so that only executing them can tell. */
test.each<[string, string, string, 'equivalent' | 'different']>([
  ['constraint c on public.t', 'definition', 'CHECK (a BETWEEN 1 AND 2)', 'equivalent'],
  ['constraint c on public.t', 'definition', 'CHECK (a BETWEEN 1 AND 3)', 'different'],
  ['constraint dc on public.d', 'definition', 'CHECK (VALUE BETWEEN 1 AND 2)', 'equivalent'],
  [
    'index public.i',
    'definition',
    'create index i on public.t using btree ((a + 1) asc nulls last)',
    'equivalent',
  ],
  ['index public.i', 'definition', 'create index i on public.t ((a + 2))', 'different'],
  ['index public.i', 'definition', 'no SQL at all', 'different'],
  ['view public.v', 'definition', 'select t.a from public.t where t.a = any (array[1, 2]);', 'equivalent'],
  ['view public.v', 'definition', 'select t.a from public.t where t.a = any (array[1, 3]);', 'different'],
  ['column public.t.a', 'default', '(2)', 'equivalent'],
  ['column public.t.a', 'default', '1 + 1', 'different'],
  ['policy p on public.t', 'using', 'a between 1 and 2', 'equivalent'],
  ['policy p on public.t', 'using', 'a between 1 and 3', 'different'],
])('%s: %s %s', async (key, attribute, before, equality) => {
  const snapshot = await readSnapshot(session);
  const object = snapshot.objects.get(key);
  if (object === undefined) throw new Error(`no ${key}`);
  const after = String((JSON.parse(object.attributes) as Record<string, unknown>)[attribute]);
  const comparison: Comparison = {
    equality: 'different',
    changes: [
      {
        change: 'different',
        before: object,
        after: object,
        attributes: [{ attribute, before, after, equivalent: false }],
      },
    ],
    recreated: [],
    unmodelled: [],
  };
  expect((await reprint(comparison, session)).equality).toBe(equality);
  expect((await readSnapshot(session)).objects, 'nothing is changed for good').toEqual(snapshot.objects);
});
