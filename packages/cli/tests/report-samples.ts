import type { MigrationReport, Report } from '@pivotal-flow/engine';
import pc from 'picocolors';
import type { View } from '../src/reporters/text/view.ts';
import { renderText } from '../src/reporters/text.ts';

/** A migration that is all good. */
export const MIGRATION: MigrationReport = {
  id: '0001_create_quotes',
  files: { forward: 'drizzle/0001_create_quotes.sql', rollback: 'drizzle/0001_create_quotes_rollback.sql' },
  from: 'run',
  verdict: 'proven',
  equality: 'exact',
  reason: null,
  steps: [
    { name: 'apply', withRows: false, status: 'ok', ms: 12.34, error: null, why: null },
    { name: 'rollback', withRows: false, status: 'ok', ms: 1234, error: null, why: null },
    { name: 'reapply', withRows: false, status: 'ok', ms: 0.4, error: null, why: null },
  ],
  leftovers: [],
  losses: [],
  notTakenBack: [],
  discards: [],
  conversions: [],
  conditions: [],
  seeded: null,
  notices: [],
  notChecked: ['rows: only the schema was compared'],
  generated: null,
  synthesized: null,
};

/** A report on migrations, with what else is said of it. */
export function reportOf(migrations: readonly MigrationReport[], more: Partial<Report> = {}): Report {
  const count = (verdict: MigrationReport['verdict']): number =>
    migrations.filter((migration) => migration.verdict === verdict).length;
  return {
    reportVersion: 1,
    tool: { name: 'pivotal-flow', version: '0.1.0' },
    command: 'verify',
    scope: 'schema',
    seed: null,
    server: { kind: 'embedded', version: '17.10' },
    folder: 'drizzle',
    layout: 'drizzle',
    durationMs: 4321,
    exitCode: 0,
    summary: {
      proven: count('proven'),
      conditional: count('conditional'),
      lossy: count('lossy'),
      refuted: count('refuted'),
      irreversible: count('irreversible'),
      missing: count('missing'),
      unchecked: count('unchecked'),
      findings: 0,
    },
    migrations: [...migrations],
    stashes: [],
    sequences: [],
    findings: [],
    errors: [],
    ...more,
  };
}

/** A report as text, 80 columns wide and without colours where nothing else is said. */
export function shown(report: Report, view: Partial<View> = {}): string {
  return renderText(report, {
    columns: 80,
    colours: pc.createColors(false),
    detail: 'normal',
    sources: new Map(),
    ...view,
  });
}
