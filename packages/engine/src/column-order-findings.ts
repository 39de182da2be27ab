import type { Finding } from './report/report.ts';
import type { Proposal } from './rollback-proposal.ts';

/** What there is to say of tables whose columns should stand where they did, and cannot. */
export function columnOrderFindings(proposals: ReadonlyMap<string, Proposal>): Finding[] {
  return [...proposals.values()].flatMap(({ migration, notes }) =>
    notes.map((note) => ({
      code: 'column-order',
      severity: 'warning' as const,
      message: `${migration.rollbackFile}: ${note}`,
      fix: 'name columns where rows are written and read; --column-order append says that the order is no matter',
      file: null,
      line: null,
    })),
  );
}
