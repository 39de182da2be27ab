import type { Step } from './action.ts';
import type { StatementDraft } from './draft.ts';
import { commentOf, grouped } from './step-comment.ts';

/** What stands above the first statement of a rollback script; the policy's form. */
export interface RollbackHeader {
  /** Id of the migration, such as `0007_add_export_jobs`. */
  readonly migration: string;
  /** What the migration is for, in words. */
  readonly description: string;
  /** `2026-11-22` */
  readonly date: string;
  /** What is declared as accepted: `table.column, reason`. */
  readonly acceptedLosses: readonly string[];
}

/** Writes steps as a script in the policy's form. */
export function rollbackText(
  header: RollbackHeader,
  actions: readonly Step[],
  leftovers: readonly string[] = [],
): string {
  const lines = [
    `-- Rollback Migration: ${header.description}`,
    `-- Date: ${header.date}`,
    `-- Purpose: Rollback changes from ${header.migration}`,
    ...header.acceptedLosses.map((loss) => `-- Accepts loss: ${loss}`),
    ...leftoverLines(leftovers),
  ];
  const groups = grouped(actions).map((group) =>
    [commentOf(group), ...group.flatMap(statementsOf)].join('\n'),
  );
  return `${[lines.join('\n'), ...groups].join('\n\n')}\n`;
}

function leftoverLines(leftovers: readonly string[]): string[] {
  if (leftovers.length === 0) return [];
  return [
    '--',
    '-- UNPROVEN: this draft does not bring back everything. To be written by hand:',
    ...leftovers.map((text) => `--   ${text.replaceAll('\n', ' ')}`),
  ];
}

function statementsOf({ draft }: Step): string[] {
  return draft.statements.map(statementText);
}

const TAG = '$rollback$';

/** A condition that SQL has no words for is asked by a DO block. */
function statementText({ sql, onlyIf }: StatementDraft): string {
  if (onlyIf === null) return `${sql};`;
  const tag = sql.includes(TAG) ? '$pivotal_flow_rollback$' : TAG;
  return [
    `DO ${tag}`,
    'BEGIN',
    `  IF ${onlyIf} THEN`,
    ...`${sql};`.split('\n').map((line, place) => (place === 0 ? `    ${line}` : line)),
    '  END IF;',
    'END',
    `${tag};`,
  ].join('\n');
}
