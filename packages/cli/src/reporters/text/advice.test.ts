import type { MigrationReport } from '@pivotal-flow/engine';
import { expect, test } from 'vitest';
import { MIGRATION, reportOf, shown } from '../../../tests/report-samples.ts';

test('a stash is advised where the rollback is refused by what the forward script changed, and not where it was in vain', () => {
  const change: MigrationReport['losses'][number] = {
    table: 'public.quotes',
    column: 'state',
    what: 'values-changed',
    rows: 2,
    by: 'forward',
    step: 'rollback',
    life: null,
    example: { before: 'a', after: 'active' },
    accepted: null,
  };
  const adviceOn = (unwritten: string[]) => {
    const draft = { file: 'drizzle/0001_rollback.sql.draft', state: 'draft' as const, text: '' };
    const synthesized = { ...draft, unwritten, stash: null };
    const migration = { ...MIGRATION, verdict: 'refuted' as const, notTakenBack: [change], synthesized };
    const text = shown(reportOf([migration], { command: 'synthesize' }));
    return text.slice(text.indexOf('next: ')).replaceAll(/\s+/g, ' ').trim();
  };
  expect(adviceOn([])).toBe(
    'next: where a migration destroys data, set that aside and bring it back: pivotal-flow synthesize 0001_create_quotes --stash',
  );
  expect(adviceOn(['quotes has no key'])).toBe(
    'next: finish drizzle/0001_rollback.sql.draft, or accept the loss there (where a table has no key, add one in an earlier migration, and have the rollback written again), name it drizzle/0001_create_quotes_rollback.sql, then pivotal-flow verify 0001_create_quotes',
  );
});
