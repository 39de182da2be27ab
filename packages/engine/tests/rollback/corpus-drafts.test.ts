import { beforeAll, expect, test } from 'vitest';
import { readSnapshot } from '../../src/catalog/read-snapshot.ts';
import { type Comparison, compareSnapshots, subjectOf } from '../../src/diff/compare-snapshots.ts';
import type { Server } from '../../src/postgres/server.ts';
import { describe as describeCatalog, draftRollback, giveBackIn } from '../../src/proof/draft-rollback.ts';
import { rollbackText } from '../../src/rollback/script-text.ts';
import { loadParser } from '../../src/sql/parser.ts';
import { runAsPsql } from '../corpus/run-as-psql.ts';
import { readCorpus } from '../corpus/scenario.ts';
import { openTestServer } from '../server.ts';

/** Scenarios that no rollback is written for, and what the draft says of them. */
const LEFT_OVER: Readonly<Record<string, RegExp>> = {
  'extension--version-in-use': /^extension citext: it has no script from version 1\.5 to 1\.4/,
  'foreign--column-option-lost':
    /^column public\.f\.a: the option key may be a secret, .* it has to be given by hand$/,
  'script--two-way-rename-not-undone': /^table public\.a and public\.b: nothing tells them apart/,
  'table--inheritance-flags': /^column public\.child\.a: it stays marked as the table's own/,
};

let server: Server;
let major: number;

beforeAll(async () => {
  await loadParser();
  server = await openTestServer();
  major = Math.floor(server.versionNumber / 10_000);
});

/** Every migration of the corpus is taken back by a script that was written from the catalogs alone. */
test.for(readCorpus())('$name', async (scenario, context) => {
  if (major < (scenario.expected.minimumMajor ?? 14)) return context.skip(`PostgreSQL ${major} is too old`);
  const database = await server.createDatabase();
  const session = await server.connect(database);
  await runAsPsql(session, scenario.base);
  const before = await describeCatalog(session);
  await runAsPsql(session, scenario.up);
  const after = await describeCatalog(session);
  await session.close();
  const drafting = await server.connect(database);
  const draft = await draftRollback(
    { before, after, statements: [] },
    { stash: null, columnOrder: 'exact' },
    (renames) => giveBackIn(drafting, renames),
  );
  await drafting.close();
  const header = {
    migration: scenario.name,
    description: scenario.name,
    date: '2026-11-25',
    acceptedLosses: [],
  };
  const text = rollbackText(header, draft.actions, draft.leftovers);
  const known = LEFT_OVER[scenario.name];
  const restored = await server.connect(database);
  await restored.batch(text);
  if (known !== undefined) {
    await restored.close();
    await server.dropDatabase(database);
    return expect(draft.leftovers.join('\n'), text).toMatch(known);
  }
  expect(draft.leftovers).toEqual([]);
  const isInOrder = draft.notes.length === 0;
  expect(toldOf(compareSnapshots(before.snapshot, await readSnapshot(restored)), isInOrder), text).toEqual(
    [],
  );
  await restored.batch(text);
  expect(toldOf(compareSnapshots(before.snapshot, await readSnapshot(restored)), isInOrder), text).toEqual(
    [],
  );
  await restored.close();
  await server.dropDatabase(database);
});

/** What is not as it was. @param isInOrder whether the order of columns is to be as it was */
function toldOf({ equality, changes }: Comparison, isInOrder: boolean): string[] {
  if (equality !== 'different' && !(isInOrder && equality === 'reordered')) return [];
  return changes.map(
    (change) =>
      `${change.change} ${subjectOf(change).key} ${JSON.stringify('attributes' in change ? change.attributes : '')}`,
  );
}
