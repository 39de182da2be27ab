import type { Finding } from './report/report.ts';
import type { Proposal } from './rollback-proposal.ts';

/** What there is to say of rollbacks that were written, though their verdicts do not hang on it. */
export function proposalFindings(proposals: ReadonlyMap<string, Proposal>): Finding[] {
  return [...proposals.values()].flatMap((proposal) => [
    ...misplaced(proposal),
    ...unwatched(proposal),
    ...unforeseen(proposal),
  ]);
}

/** Tables whose columns should stand where they did, and cannot. */
function misplaced({ migration, notes }: Proposal): Finding[] {
  return notes.map((note) =>
    warning(
      'column-order',
      `${migration.rollbackFile}: ${note}`,
      'name columns where rows are written and read; --column-order append says that the order is no matter',
    ),
  );
}

/** Columns of which nobody notices that an application has written to them. */
function unwatched({ migration, unwatched: columns }: Proposal): Finding[] {
  return columns.map((what) =>
    warning(
      'unwatched-column',
      `${migration.rollbackFile}: ${what}`,
      'look at the column yourself before you roll back; a table without a key can be given one in an earlier migration',
    ),
  );
}

/** Statements that are put together when they run: what they change is known of the rows that were tried alone. */
function unforeseen({ migration, unforeseen: texts }: Proposal): Finding[] {
  return texts.map((what) =>
    warning(
      'unforeseen-writes',
      `${migration.rollbackFile}: ${what}`,
      'write the statements out, or look at what they change before you apply the migration',
    ),
  );
}

function warning(code: string, message: string, fix: string): Finding {
  return { code, severity: 'warning', message, fix, file: null, line: null };
}
