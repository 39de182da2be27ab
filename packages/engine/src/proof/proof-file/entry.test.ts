import { expect, test } from 'vitest';
import { PROVEN_ENTRY, setOf } from '../../../tests/proof-file/samples.ts';
import type { Migration } from '../../migrations/model.ts';
import type { Proof } from '../proof.ts';
import { entryOf, knownOrders, proofOfEntry } from './entry.ts';

async function migration(): Promise<Migration> {
  const set = await setOf({
    id: '0001_a',
    forward: 'ALTER TABLE t ALTER a DROP NOT NULL;',
    rollback: '-- Accepts loss: t.b, known\nSELECT 1;\nALTER TABLE t\n  ALTER a SET NOT NULL;',
  });
  return set.migrations[0]!;
}

const PROOF: Proof = {
  id: '0001_a',
  files: { forward: 'migrations/0001_a.sql', rollback: 'migrations/0001_a_rollback.sql' },
  verdict: 'lossy',
  equality: 'exact',
  reason: 'declared in line 1 of migrations/0001_a_rollback.sql',
  steps: [{ name: 'apply', withRows: false, status: 'ok', ms: 3.2 }],
  leftovers: [],
  losses: [
    {
      table: 'public.t',
      column: 'b',
      what: 'values-changed',
      rows: 3,
      by: 'forward',
      step: 'rollback',
      life: null,
      example: { before: '2026-01-01 12:00', after: null },
      accepted: 't.b, known',
    },
  ],
  notTakenBack: [],
  discards: [{ table: 'public.t', column: 'c', rows: 1 }],
  conversions: [],
  conditions: [
    {
      table: 'public.t',
      column: 'a',
      kind: 'null',
      why: 'rows that hold NULL in a',
      countSql: 'select 1',
      error: {
        message: 'column "a" contains null values',
        sqlstate: '23502',
        detail: 'Failing row contains (2026-01-01 12:00)',
        hint: null,
        file: 'migrations/0001_a_rollback.sql',
        line: 3,
        column: 1,
        statement: 'ALTER TABLE t\n  ALTER a SET NOT NULL',
      },
    },
  ],
  seeded: { tables: 1, rows: 5, own: 0, unseeded: [] },
  notices: ['run twice …'],
  notChecked: ['writes in between: x'],
};

const PLACE = { folder: 'migrations/', toolVersion: '0.1.0' };

test('an entry holds no times, no values of rows, no path outside of the folder', async () => {
  const entry = entryOf(
    {
      migration: await migration(),
      proof: PROOF,
      schema: PROVEN_ENTRY.schema,
      inputs: { scripts: PROVEN_ENTRY.scripts, basis: PROVEN_ENTRY.basis },
      order: null,
    },
    PLACE,
  );
  expect(JSON.stringify(entry)).not.toMatch(/3\.2|12:00|migrations\/|run twice/);
  expect(entry).toMatchObject({
    reason: 'declared in line 1 of 0001_a_rollback.sql',
    segments: { forward: 'transaction 1', rollback: 'transaction 1-2' },
    conditions: [{ error: { line: 3, column: 1, statement: 2 } }],
  });
});

test('the proof of an entry says what the entry does, and that no step was run', async () => {
  const found = {
    migration: await migration(),
    proof: PROOF,
    schema: PROVEN_ENTRY.schema,
    inputs: { scripts: PROVEN_ENTRY.scripts, basis: PROVEN_ENTRY.basis },
    order: null,
  };
  const proof = proofOfEntry(found.migration, entryOf(found, PLACE));
  const [loss, condition] = [PROOF.losses[0]!, PROOF.conditions[0]!];
  expect(proof).toEqual({
    ...PROOF,
    reason: 'declared in line 1 of 0001_a_rollback.sql',
    steps: [],
    notTakenBack: [],
    discards: [],
    conversions: [],
    notices: [],
    losses: [{ ...loss, rows: null, example: null }],
    conditions: [{ ...condition, error: { ...condition.error, detail: null } }],
  });
});

test('an error at the end of a transaction is that of its COMMIT', async () => {
  const [condition] = PROOF.conditions;
  const atCommit = { ...condition!, error: { ...condition!.error, statement: 'COMMIT' } };
  const found = {
    migration: await migration(),
    proof: { ...PROOF, conditions: [atCommit] },
    schema: PROVEN_ENTRY.schema,
    inputs: { scripts: PROVEN_ENTRY.scripts, basis: PROVEN_ENTRY.basis },
    order: null,
  };
  const entry = entryOf(found, PLACE);
  expect(entry.conditions[0]?.error.statement).toBeNull();
  expect(proofOfEntry(found.migration, entry).conditions[0]?.error.statement).toBe('COMMIT');
});

test('the order of migrations that share a number: what a run found goes before what is recorded', async () => {
  const one = { forward: 'SELECT 1;' };
  const set = await setOf({ id: '1_a', ...one }, { id: '1_b', ...one }, { id: '2_c', ...one });
  const entry = entryOf(
    {
      migration: set.migrations[1]!,
      proof: PROOF,
      schema: PROVEN_ENTRY.schema,
      inputs: { scripts: PROVEN_ENTRY.scripts, basis: PROVEN_ENTRY.basis },
      order: { sequence: '1', ids: ['1_a', '1_b'], orderMatters: true, reason: 'at migrations/1_a.sql:1' },
    },
    PLACE,
  );
  const entries = new Map([['1_b', entry]]);
  const group = { sequence: '1', ids: ['1_a', '1_b'] };
  expect(knownOrders(set, entries, [])).toEqual([{ ...group, orderMatters: true, reason: 'at 1_a.sql:1' }]);
  const found = { ...group, orderMatters: false, reason: null };
  expect(knownOrders(set, entries, [found])).toEqual([found]);
  expect(knownOrders(set, new Map(), [])).toEqual([]);
});
