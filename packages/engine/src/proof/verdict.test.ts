import { describe, expect, test } from 'vitest';
import type { Migration, Script } from '../migrations/model.ts';
import type { ScriptError } from '../replay/run-script.ts';
import type { Statement } from '../sql/statement.ts';
import type { Step } from './step.ts';
import { decideVerdict, type Observation, whatServerLacks } from './verdict.ts';

const statement: Statement = {
  text: 'select 1',
  start: 0,
  end: 8,
  line: 1,
  column: 1,
  type: 'SelectStmt',
  tree: {},
};
const script = (file: string, statements: Statement[] = [statement]): Script => ({
  file,
  text: '',
  checksum: '',
  header: { purpose: null, date: null, track: null, fields: new Map() },
  statements,
  refusal: null,
  stash: null,
});
const migration = (over: Partial<Migration> = {}): Migration => ({
  id: '0001_a',
  sequence: '0001',
  forward: script('0001_a.sql'),
  rollback: script('0001_a_rollback.sql'),
  stashFile: 'x_stash.sql',
  rollbackFile: '0001_a_rollback.sql',
  verify: null,
  seed: null,
  irreversible: null,
  acceptedResiduals: [],
  acceptedLosses: [],
  ...over,
});
const error = (over: Partial<ScriptError> = {}): ScriptError => ({
  message: 'index "x" does not exist',
  sqlstate: '42704',
  detail: null,
  hint: null,
  file: '0001_a_rollback.sql',
  line: 3,
  column: 1,
  statement: 'drop index x',
  ...over,
});
const ok: Step[] = [
  { name: 'apply', withRows: false, status: 'ok', ms: 1 },
  { name: 'rollback', withRows: false, status: 'ok', ms: 1 },
  { name: 'reapply', withRows: false, status: 'ok', ms: 1 },
];
const failing = (name: Step['name'], over: Partial<ScriptError> = {}): Step[] => [
  { name, withRows: false, status: 'failed', ms: 1, error: error(over) },
];
const declared = { text: 'the column is gone for good', line: 2 };
const seen = (over: Partial<Observation> = {}): Observation => ({
  migration: migration(),
  steps: ok,
  equality: 'exact',
  accepted: 'residual',
  unmodelled: [],
  leftovers: 0,
  changedBySecondRun: [],
  rowsUnchecked: null,
  unseen: [],
  losses: [],
  life: [],
  ...over,
});

describe('decideVerdict: the first rule that holds decides', () => {
  test.each<[string, Observation, string, string | RegExp | null]>([
    ['all equal', seen(), 'proven', null],
    [
      'declared irreversible',
      seen({ migration: migration({ rollback: null, irreversible: declared }) }),
      'irreversible',
      /line 2.*gone for good/,
    ],
    [
      'declared irreversible in a file without statements',
      seen({ migration: migration({ rollback: script('r', []), irreversible: declared }) }),
      'irreversible',
      /gone for good/,
    ],
    [
      'declared irreversible, yet there is a rollback',
      seen({ migration: migration({ irreversible: declared }) }),
      'proven',
      null,
    ],
    [
      'no rollback',
      seen({ migration: migration({ rollback: null }), equality: null }),
      'missing',
      /0001_a_rollback\.sql/,
    ],
    [
      'no rollback, and apply fails',
      seen({ migration: migration({ rollback: null }), equality: null, steps: failing('apply') }),
      'missing',
      /forward script fails: index "x"/,
    ],
    [
      'rollback fails',
      seen({ steps: failing('rollback'), equality: null }),
      'refuted',
      /the rollback fails at 0001_a_rollback\.sql:3: .*\(SQLSTATE 42704\)/,
    ],
    ['reapply fails', seen({ steps: failing('reapply') }), 'refuted', /applied again/],
    [
      'an assertion fails',
      seen({ steps: [...ok, ...failing('verify-rollback', { sqlstate: null })] }),
      'refuted',
      /^an assertion does not hold after the rollback, at 0001_a_rollback\.sql:3: index "x" does not exist$/,
    ],
    [
      'an assertion was not run',
      seen({ steps: [...ok, { name: 'verify', withRows: false, status: 'not-executed', why: 'no time' }] }),
      'unchecked',
      'no time',
    ],
    [
      'what rows are not known for outranks an assertion that was not run for it',
      seen({
        steps: [...ok, { name: 'verify', withRows: false, status: 'not-executed', why: 'no time' }],
        rowsUnchecked: 'the forward script refuses all rows',
      }),
      'unchecked',
      'the forward script refuses all rows',
    ],
    [
      'a statement that found no row',
      seen({ unseen: ['no row was found for the statement at 0001_a.sql:4'] }),
      'unchecked',
      /^no row was found for the statement at 0001_a\.sql:4: what becomes of such rows is not known/,
    ],
    ['a difference', seen({ equality: 'different', leftovers: 2 }), 'refuted', /2 differences/],
    ['a residual that was not asked to be exact', seen({ equality: 'residual' }), 'proven', null],
    [
      'column order where exact is asked for',
      seen({ equality: 'reordered', accepted: 'exact', leftovers: 1 }),
      'refuted',
      /only reordered, and exact is asked for: |only reordered/,
    ],
    ['equivalent under equivalent', seen({ equality: 'equivalent', accepted: 'equivalent' }), 'proven', null],
    ['something unmodelled', seen({ unmodelled: ['base types'] }), 'unchecked', /base types/],
    [
      'a difference outranks something unmodelled',
      seen({ equality: 'different', unmodelled: ['base types'] }),
      'refuted',
      /not what it was/,
    ],
    [
      'the server lacks an extension',
      seen({
        equality: null,
        steps: failing('apply', { message: 'extension "vector" is not available', sqlstate: '0A000' }),
      }),
      'unchecked',
      /"vector"; run it on a server that has it: --server/,
    ],
    [
      'a step could not be run',
      seen({
        equality: null,
        steps: [{ name: 'apply', withRows: false, status: 'not-executed', why: 'an earlier one failed' }],
      }),
      'unchecked',
      'an earlier one failed',
    ],
  ])('%s', (_name, observation, verdict, reason) => {
    const decision = decideVerdict(observation);
    expect(decision.verdict).toBe(verdict);
    if (reason instanceof RegExp) expect(decision.reason).toMatch(reason);
    else expect(decision.reason).toBe(reason);
  });
});

test.each([
  [
    {
      message: 'could not open extension control file "/usr/share/extension/postgis.control": No such file',
      sqlstate: '58P01',
    },
    /"postgis"/,
  ],
  [
    { message: 'could not access file "$libdir/plpython3": No such file or directory', sqlstate: '58P01' },
    /library/,
  ],
  [{ message: 'could not open file "/no/such/file" for reading: No such file', sqlstate: '58P01' }, null],
  [
    { message: 'pg_cron can only be loaded via shared_preload_libraries', sqlstate: '55000' },
    /not started for it/,
  ],
  [{ message: 'relation "x" does not exist', sqlstate: '42P01' }, null],
])('whatServerLacks(%o)', (over, expected) => {
  const lacks = whatServerLacks(error(over));
  if (expected === null) expect(lacks).toBeNull();
  else expect(lacks).toMatch(expected);
});
