import type { MigrationReport, Report } from '@pivotal-flow/engine';
import pc from 'picocolors';
import { describe, expect, test } from 'vitest';
import { MIGRATION, reportOf, shown as shownWithoutSources } from '../../tests/report-samples.ts';
import type { View } from './text/view.ts';

type Leftover = MigrationReport['leftovers'][number];

const EXTRA_INDEX: Leftover = {
  step: 'rollback',
  kind: 'index',
  name: 'public.quotes_status_created_at_idx',
  table: 'public.quotes',
  change: 'extra',
  attribute: null,
  before: null,
  after:
    'CREATE INDEX quotes_status_created_at_idx ON public.quotes USING btree (status, created_at DESC) WHERE (deleted_at IS NULL)',
  equality: 'different',
  hint: 'line 3 of the forward script made this change and no line of the rollback takes it back',
  remedy: 'DROP INDEX IF EXISTS public.quotes_status_created_at_idx;',
  file: 'drizzle/0002_index.sql',
  line: 3,
};

const OTHER_TYPE: Leftover = {
  ...EXTRA_INDEX,
  kind: 'column',
  name: 'public.quotes.title',
  change: 'different',
  attribute: 'type',
  before: 'character varying(80)',
  after: 'text',
  hint: 'line 7 of the rollback does not restore it',
  remedy: 'set its type back to character varying(80)',
  file: 'drizzle/0002_index_rollback.sql',
  line: 7,
};

const REFUTED: MigrationReport = {
  ...MIGRATION,
  id: '0002_index',
  verdict: 'refuted',
  equality: 'different',
  reason: 'the schema is not what it was after the round trip: 2 differences',
  leftovers: [EXTRA_INDEX, OTHER_TYPE],
};

const FAILED: MigrationReport = {
  ...MIGRATION,
  id: '0003_a_migration_with_a_very_long_name_that_does_not_fit_into_eighty_columns',
  verdict: 'refuted',
  equality: null,
  reason: 'the rollback fails',
  steps: [
    { name: 'apply', withRows: false, status: 'ok', ms: 1, error: null, why: null },
    {
      name: 'rollback',
      withRows: false,
      status: 'failed',
      ms: 1,
      why: null,
      error: {
        message: 'cannot drop table groups because other objects depend on it',
        sqlstate: '2BP01',
        detail:
          'constraint a on table b depends on table groups\nconstraint c on table d depends on table groups',
        hint: 'Use DROP ... CASCADE to drop the dependent objects too.',
        file: 'drizzle/0003_rollback.sql',
        line: 3,
        column: 13,
        statement: 'DROP TABLE  groups',
      },
    },
    {
      name: 'reapply',
      withRows: false,
      status: 'not-executed',
      ms: 0,
      error: null,
      why: 'the rollback fails',
    },
  ],
};

const ASSERTION = {
  withRows: true,
  status: 'failed' as const,
  ms: 1,
  why: null,
  error: {
    message: '2 rows are returned where none may be, the first is',
    sqlstate: null,
    detail: null,
    hint: null,
    file: 'drizzle/0001_create_quotes_verify.sql',
    line: 2,
    column: 1,
    statement: 'SELECT id\n  FROM quotes\n  WHERE total < 0',
  },
};

const SOURCES = new Map([
  [
    'drizzle/0001_create_quotes_verify.sql',
    '-- No quote owes money\nSELECT id\n  FROM quotes\n  WHERE total < 0;\n',
  ],
  [
    'drizzle/0003_rollback.sql',
    '-- Purpose: take the groups away\nDROP TABLE members;\nDROP TABLE  groups;\n',
  ],
]);

function shown(report: Report, view: Partial<View> = {}): string {
  return shownWithoutSources(report, { sources: SOURCES, ...view });
}

describe('a report for people', () => {
  test('what only the descent shows is to be looked at on the descent again', () => {
    const loss: MigrationReport['losses'][number] = {
      table: 'public.quotes',
      column: null,
      what: 'rows-gone',
      rows: 1,
      by: 'rollback',
      step: 'descend',
      life: null,
      example: null,
      accepted: null,
    };
    const nextOf = (losses: MigrationReport['losses']) =>
      shown(reportOf([{ ...MIGRATION, verdict: 'lossy', losses }]))
        .trimEnd()
        .split('\n')
        .at(-1)
        ?.trim();
    expect(nextOf([loss])).toBe('pivotal-flow verify 0001_create_quotes --descent');
    expect(nextOf([loss, { ...loss, step: 'rollback' }])).toBe('pivotal-flow verify 0001_create_quotes');
  });

  test('losses, by the step after which they were seen', () => {
    const loss: MigrationReport['losses'][number] = {
      table: 'public.quotes',
      column: 'note',
      what: 'values-changed',
      rows: 2,
      by: 'forward',
      step: 'rollback',
      life: null,
      example: { before: 'a', after: null },
      accepted: null,
    };
    const losses: MigrationReport['losses'] = [
      loss,
      { ...loss, step: 'descend', column: null, what: 'rows-gone', by: 'rollback', example: null },
      { ...loss, step: 'ascend', column: 'title', accepted: 'quotes.title, known' },
    ];
    const text = shown(reportOf([{ ...MIGRATION, verdict: 'lossy', losses }]));
    expect(
      text.slice(text.indexOf('  after the rollback'), text.indexOf('Not checked')),
    ).toMatchInlineSnapshot(`
      "  after the rollback, rows are not what they were:
          - public.quotes.note: changed in 2 rows, by the forward script, for example
            'a' → NULL
        on the way down from the tip, rows are not what they were:
          - public.quotes: 2 rows gone, by the rollback script
        on the way up again, rows are not what they were:
          - public.quotes.title: changed in 2 rows, by the forward script, for example
            'a' → NULL (accepted: quotes.title, known)
          where that is meant, say so in drizzle/0001_create_quotes_rollback.sql:
            -- Accepts loss: quotes.note, reason
            -- Accepts loss: quotes, reason

      "
    `);
  });

  test('at 80 columns', () => {
    expect(shown(reportOf([MIGRATION, REFUTED, FAILED]))).toMatchInlineSnapshot(`
      "drizzle  drizzle, 3 migrations

                 migration                                 equality    apply  rollback
      ✓ proven   0001_create_quotes                        exact       12 ms     1.2 s
      ✗ refuted  0002_index                                different   12 ms     1.2 s
      ✗ refuted  0003_a_migration_with_a_…_eighty_columns             1.0 ms    failed

      ✗ refuted  0002_index
        the schema is not what it was after the round trip: 2 differences
        after the rollback, table public.quotes:
          + extra index public.quotes_status_created_at_idx
              CREATE INDEX quotes_status_created_at_idx O…) WHERE (deleted_at IS NULL)
            line 3 of the forward script made this change and no line of the rollback
            takes it back
            drizzle/0002_index.sql:3
            add: DROP INDEX IF EXISTS public.quotes_status_created_at_idx;
          ~ different column title: type  character varying(80) → text
            line 7 of the rollback does not restore it
            drizzle/0002_index_rollback.sql:7

      ✗ refuted  0003_a_migration_with_a_very_long_name_that_does_not_fit_into_eighty_columns
        the rollback fails
        drizzle/0003_rollback.sql:3:13
            1 │ -- Purpose: take the groups away
            2 │ DROP TABLE members;
          > 3 │ DROP TABLE  groups;
              │             ^
          error 2BP01: cannot drop table groups because other objects depend on it
          detail: constraint a on table b depends on table groups
                  constraint c on table d depends on table groups
          hint: Use DROP ... CASCADE to drop the dependent objects too.

      Not checked
        rows: only the schema was compared

      3 migrations: 1 proven, 2 refuted
        (schema only, 4.3 s, PostgreSQL 17.10, embedded)
      next: mend drizzle/0001_create_quotes_rollback.sql, then
            pivotal-flow verify 0002_index
      "
    `);
  });

  test('at 160 columns', () => {
    expect(shown(reportOf([MIGRATION, REFUTED, FAILED]), { columns: 160 })).toMatchInlineSnapshot(`
      "drizzle  drizzle, 3 migrations

                 migration                                                                     equality    apply  rollback
      ✓ proven   0001_create_quotes                                                            exact       12 ms     1.2 s
      ✗ refuted  0002_index                                                                    different   12 ms     1.2 s
      ✗ refuted  0003_a_migration_with_a_very_long_name_that_does_not_fit_into_eighty_columns             1.0 ms    failed

      ✗ refuted  0002_index
        the schema is not what it was after the round trip: 2 differences
        after the rollback, table public.quotes:
          + extra index public.quotes_status_created_at_idx
              CREATE INDEX quotes_status_created_at_idx ON public.quotes USING btree (status, created_at DESC) WHERE (deleted_at IS NULL)
            line 3 of the forward script made this change and no line of the rollback takes it back
            drizzle/0002_index.sql:3
            add: DROP INDEX IF EXISTS public.quotes_status_created_at_idx;
          ~ different column title: type  character varying(80) → text
            line 7 of the rollback does not restore it
            drizzle/0002_index_rollback.sql:7

      ✗ refuted  0003_a_migration_with_a_very_long_name_that_does_not_fit_into_eighty_columns
        the rollback fails
        drizzle/0003_rollback.sql:3:13
            1 │ -- Purpose: take the groups away
            2 │ DROP TABLE members;
          > 3 │ DROP TABLE  groups;
              │             ^
          error 2BP01: cannot drop table groups because other objects depend on it
          detail: constraint a on table b depends on table groups
                  constraint c on table d depends on table groups
          hint: Use DROP ... CASCADE to drop the dependent objects too.

      Not checked
        rows: only the schema was compared

      3 migrations: 1 proven, 2 refuted (schema only, 4.3 s, PostgreSQL 17.10, embedded)
      next: mend drizzle/0001_create_quotes_rollback.sql, then
            pivotal-flow verify 0002_index
      "
    `);
  });

  test('nothing is wider than the terminal but what is meant to be copied', () => {
    for (const columns of [60, 80, 100, 160]) {
      const wide = shown(reportOf([MIGRATION, REFUTED, FAILED]), { columns })
        .split('\n')
        .filter((line) => [...line].length > columns);
      for (const line of wide)
        expect(line).toMatch(/^(✗ refuted {2}\d| +(add: |pivotal-flow verify |drizzle\/))/);
    }
  });

  test('colours change nothing but colours', () => {
    const report = reportOf([MIGRATION, REFUTED, FAILED]);
    const coloured = shown(report, { colours: pc.createColors(true) });
    expect(coloured).toContain('\u001b[31m✗ refuted\u001b[39m');
    expect(stripped(coloured)).toBe(shown(report));
  });

  test('an assertion that does not hold: which query returned which row, after which step, told once', () => {
    const failed = (name: 'verify' | 'verify-reapply') => ({
      ...ASSERTION,
      name,
      error: { ...ASSERTION.error, message: `${ASSERTION.error.message} (id = ${name.length})` },
    });
    const steps = [...MIGRATION.steps, failed('verify'), failed('verify-reapply')];
    const report = reportOf([{ ...MIGRATION, verdict: 'refuted', reason: 'an assertion fails', steps }]);
    const told = shown(report).split('\n').slice(5);
    expect(told.join('\n')).toMatchInlineSnapshot(`
      "✗ refuted  0001_create_quotes
        an assertion does not hold after the forward script
        drizzle/0001_create_quotes_verify.sql:2:1
            1 │ -- No quote owes money
          > 2 │ SELECT id
              │ ^
            3 │   FROM quotes
            4 │   WHERE total < 0
          error: 2 rows are returned where none may be, the first is (id = 6)

      Not checked
        rows: only the schema was compared

      1 migration: 1 refuted (schema only, 4.3 s, PostgreSQL 17.10, embedded)
      next: mend drizzle/0001_create_quotes.sql, or what
            drizzle/0001_create_quotes_verify.sql asserts, then
            pivotal-flow verify 0001_create_quotes
      "
    `);
  });

  test('control characters of a script reach no terminal', () => {
    const evil = { ...EXTRA_INDEX, after: 'x\u001b[2Jy\u0007', name: 'public.a\u001b[31m' };
    const report = reportOf([{ ...REFUTED, leftovers: [evil], reason: 'a\u001b[2J' }]);
    expect(shown(report)).not.toMatch(/\p{Cc}(?<!\n)/u);
  });

  test('many proven migrations are folded, those that are not are shown', () => {
    const many = Array.from({ length: 300 }, (_, index) => ({
      ...MIGRATION,
      id: String(index).padStart(4, '0'),
    }));
    const report = reportOf([...many.slice(0, 150), REFUTED, ...many.slice(150)]);
    const lines = shown(report).split('\n');
    expect(lines.filter((line) => line.startsWith('✓'))).toHaveLength(8);
    expect(lines.filter((line) => line.includes('… 146 more proven'))).toHaveLength(2);
    expect(
      shown(report, { detail: 'verbose' })
        .split('\n')
        .filter((line) => /^✓ proven {3}\d{4} /.test(line)),
    ).toHaveLength(300);
  });

  test('a chain without rollbacks is told in one paragraph', () => {
    const missing = Array.from({ length: 300 }, (_, index) => ({
      ...MIGRATION,
      id: `${index}`,
      verdict: 'missing' as const,
      equality: null,
      reason: `there is no rollback script; it would be drizzle/${index}_rollback.sql`,
    }));
    expect(shown(reportOf(missing)).split('\n').length).toBeLessThan(25);
    expect(shown(reportOf(missing))).toContain('✗ missing  300 migrations\n');
  });

  test('many leftovers are folded', () => {
    const leftovers = Array.from({ length: 22 }, (_, index) => ({
      ...EXTRA_INDEX,
      name: `public.i${index}`,
    }));
    const report = reportOf([{ ...REFUTED, leftovers }]);
    expect(shown(report)).toContain('… and 12 more objects (--verbose)');
    expect(shown(report, { detail: 'verbose' })).toContain('public.i21');
  });

  test('long values are cut where they are alike, not where they differ', () => {
    const before = `CHECK (${'a_long_condition AND '.repeat(10)}amount > 0)`;
    const after = before.replace('> 0', '>= 0');
    const text = shown(
      reportOf([{ ...REFUTED, leftovers: [{ ...OTHER_TYPE, attribute: 'definition', before, after }] }]),
    );
    expect(text).toMatch(/was {2}….*amount > 0\)/);
    expect(text).toMatch(/is {3}….*amount >= 0\)/);
  });

  test('quiet shows what is not all good, and the counts', () => {
    expect(shown(reportOf([MIGRATION]), { detail: 'quiet' })).toBe(
      '1 migration: 1 proven (schema only, 4.3 s, PostgreSQL 17.10, embedded)\n',
    );
  });

  test('sequences, notices and what was not checked', () => {
    const report = reportOf(
      [
        {
          ...MIGRATION,
          notices: ['columns stand in another order'],
          notChecked: ['rows: only the schema was compared'],
        },
        { ...MIGRATION, notChecked: ['a', 'rows: only the schema was compared'] },
      ],
      {
        sequences: [
          { sequence: '0004', ids: ['0004_a', '0004_b'], orderMatters: false, reason: null },
          {
            sequence: '0007',
            ids: ['0007_a', '0007_b'],
            orderMatters: true,
            reason: 'the schema differs: table public.x',
          },
          { sequence: '0009', ids: ['0009_a', '0009_b'], orderMatters: null, reason: 'it fails' },
        ],
      },
    );
    expect(shown(report, { columns: 110 }).split('\n').slice(6).join('\n')).toMatchInlineSnapshot(`
      "Same number
        the order of 0004_a and 0004_b, which share the number 0004, does not matter
        the order of 0007_a and 0007_b, which share the number 0007, matters: the schema differs: table public.x
        the order of 0009_a and 0009_b, which share the number 0009, could not be found out: it fails

      Notices
        0001_create_quotes: columns stand in another order

      Not checked
        rows: only the schema was compared
        a (1 migration)

      2 migrations: 2 proven (schema only, 4.3 s, PostgreSQL 17.10, embedded)
      "
    `);
  });

  test('findings of doctor', () => {
    const report = reportOf([], {
      command: 'doctor',
      findings: [
        { code: 'node', severity: 'notice', message: 'Node 20.12.0', fix: null, file: null, line: null },
        {
          code: 'a',
          severity: 'warning',
          message: 'it is slow',
          fix: 'make it fast',
          file: null,
          line: null,
        },
        {
          code: 'b',
          severity: 'error',
          message: 'it is late',
          fix: null,
          file: 'drizzle/meta/_journal.json',
          line: 44,
        },
      ],
    });
    expect(shown(report)).toMatchInlineSnapshot(`
      "✓ Node 20.12.0
      ! it is slow
        → make it fast
      ✗ it is late
        drizzle/meta/_journal.json:44

      not ready: 1 error, 1 warning
      "
    `);
  });
});

function stripped(text: string): string {
  return text
    .split('\u001b[')
    .map((part, index) => (index === 0 ? part : part.replace(/^\d+m/, '')))
    .join('');
}

test('what goes by nature, or comes back in another form, is told to those who ask for everything', () => {
  const migration: MigrationReport = {
    ...MIGRATION,
    discards: [
      { table: 'public.exports', column: null, rows: 3 },
      { table: 'public.quotes', column: 'note', rows: null },
    ],
    conversions: [
      {
        table: 'public.quotes',
        column: 'total',
        rows: 1,
        life: 'wider-type',
        example: { written: '1.555', cameBack: '1.56' },
      },
    ],
  };
  const report = reportOf([migration]);
  expect(shown(report)).not.toContain('public.exports');
  const told = shown(report, { detail: 'verbose' });
  expect(told).toContain('  public.exports: goes with the migration, 3 rows here\n');
  expect(told).toContain('  public.quotes.note: goes with the migration\n');
  expect(told).toContain(
    "  public.quotes.total: written since (wider-type), converted in 1 row, for example '1.555' → '1.56'".slice(
      0,
      60,
    ),
  );
});
