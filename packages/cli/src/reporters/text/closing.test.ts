import type { MigrationReport } from '@pivotal-flow/engine';
import { describe, expect, test } from 'vitest';
import { MIGRATION, reportOf, shown } from '../../../tests/report-samples.ts';

const LOSS: MigrationReport['losses'][number] = {
  table: 'public.quotes',
  column: 'note',
  what: 'values-changed',
  rows: 2,
  by: 'rollback',
  step: 'rollback',
  life: null,
  example: null,
  accepted: null,
};
const LOSSY: MigrationReport = { ...MIGRATION, verdict: 'lossy', losses: [LOSS] };
const ACCEPTED: MigrationReport = {
  ...LOSSY,
  losses: [{ ...LOSS, accepted: 'quotes.note, imported twice' }],
};

const REFUSAL = {
  message: 'column "note" contains null values',
  sqlstate: '23502',
  detail: null,
  hint: null,
  file: 'drizzle/0001_create_quotes_rollback.sql',
  line: 1,
  column: 1,
  statement: 'ALTER TABLE quotes ALTER COLUMN note SET NOT NULL',
};
const CONDITIONAL: MigrationReport = {
  ...MIGRATION,
  verdict: 'conditional',
  reason: 'the rollback refuses',
  conditions: [
    {
      table: 'public.quotes',
      column: 'note',
      kind: 'null',
      why: 'rows that hold NULL in note',
      countSql: 'select count(*) from public.quotes where "note" is null',
      error: REFUSAL,
    },
  ],
};

/** The lines from the summary on. */
function closing(text: string): string[] {
  const lines = text.trimEnd().split('\n');
  return lines.slice(lines.findIndex((line) => /^\d+ migrations?:/.test(line)));
}

describe('the summary', () => {
  test('accepted losses are told from others, and are no failure to look at', () => {
    expect(closing(shown(reportOf([ACCEPTED])))[0]).toMatch(/^1 migration: 1 lossy \(accepted\) \(/);
    expect(closing(shown(reportOf([ACCEPTED, LOSSY])))[0]).toMatch(/^2 migrations: 2 lossy \(1 accepted\)/);
    expect(closing(shown(reportOf([LOSSY])))[0]).toMatch(/^1 migration: 1 lossy \(schema/);
    expect(shown(reportOf([ACCEPTED]))).toContain('! lossy  0001_create_quotes');
    expect(shown(reportOf([LOSSY]))).toContain('✗ lossy  0001_create_quotes');
  });

  test('says that something else is wrong where all is proven', () => {
    const stale = { code: 'stale-proof', message: 'stale', fix: null, file: null, line: null };
    const findings = [
      { ...stale, severity: 'error' as const },
      { ...stale, severity: 'warning' as const },
    ];
    expect(closing(shown(reportOf([MIGRATION], { findings })))[0]).toMatch(
      /^1 migration: 1 proven, 1 error \(/,
    );
  });

  test('names the seed of the rows', () => {
    const rows = { scope: 'rows', seed: 7 } as const;
    expect(closing(shown(reportOf([MIGRATION], rows)))[0]).toContain('(seed 7, ');
  });
});

describe('what to type next', () => {
  test('after a loss: the script that has to change depends on who lost it, and the rows on the seed', () => {
    const rows = { scope: 'rows', seed: 7 } as const;
    const forward = { ...LOSSY, losses: [{ ...LOSS, by: 'forward' as const }] };
    expect(closing(shown(reportOf([LOSSY], rows), { columns: 200 })).slice(1)).toEqual([
      'next: mend drizzle/0001_create_quotes_rollback.sql, or accept the loss there, then',
      '      pivotal-flow verify 0001_create_quotes --seed 7',
    ]);
    expect(closing(shown(reportOf([forward]), { columns: 200 })).slice(1)).toEqual([
      'next: set the values aside in drizzle/0001_create_quotes.sql and bring them back in drizzle/0001_create_quotes_rollback.sql, or accept the loss there, then',
      '      pivotal-flow verify 0001_create_quotes',
    ]);
    expect(closing(shown(reportOf([ACCEPTED])))).toHaveLength(1);
  });

  test('a rollback that refuses some rows fails nothing, unless --strict was given', () => {
    expect(closing(shown(reportOf([CONDITIONAL])))).toHaveLength(1);
    expect(closing(shown(reportOf([CONDITIONAL], { exitCode: 1 }))).at(-1)).toBe(
      '      pivotal-flow verify 0001_create_quotes --strict',
    );
  });

  test('rows of the team that could not be brought in are to be mended where they stand', () => {
    const seed: MigrationReport['steps'][number] = {
      name: 'seed',
      withRows: true,
      status: 'failed',
      ms: 1,
      why: null,
      error: { ...REFUSAL, file: 'drizzle/0001_create_quotes_seed.sql' },
    };
    const unseeded: MigrationReport = {
      ...MIGRATION,
      verdict: 'unchecked',
      steps: [...MIGRATION.steps, seed],
    };
    expect(closing(shown(reportOf([unseeded], { exitCode: 3 }))).at(1)).toBe(
      'next: mend drizzle/0001_create_quotes_seed.sql, then',
    );
  });
});

test('conditions are shown of each migration, also where two have the same reason', () => {
  const text = shown(reportOf([CONDITIONAL, { ...CONDITIONAL, id: '0002_again' }]), { columns: 120 });
  expect(text.match(/where public\.quotes has rows that hold NULL in note:/g)).toHaveLength(2);
  expect(text.match(/count them: /g)).toHaveLength(2);
});

test('of ordinary writes it is said once which table they were to', () => {
  const why = "ordinary writes to public.quotes, such as a row (id: '7')";
  const [condition] = CONDITIONAL.conditions;
  if (condition === undefined) throw new Error('there is no condition');
  const conditions = [{ ...condition, kind: 'ordinary' as const, why }];
  const text = shown(reportOf([{ ...CONDITIONAL, conditions }]), { columns: 120 });
  expect(text).toContain(`changes nothing, after ${why}:`);
});
