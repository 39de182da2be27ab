import { comment } from '../sql/comment.ts';
import type { Step } from './action.ts';
import { dollarTag } from './dollar-tag.ts';
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

/**
 * Writes steps as a script in the policy's form.
 * @param leftovers what it does not bring back, in words
 * @param notes what it brings back otherwise than it was, in words
 */
export function rollbackText(
  header: RollbackHeader,
  actions: readonly Step[],
  leftovers: readonly string[] = [],
  notes: readonly string[] = [],
): string {
  const lines = [
    comment(`Rollback Migration: ${header.description}`),
    comment(`Date: ${header.date}`),
    comment(`Purpose: Rollback changes from ${header.migration}`),
    ...header.acceptedLosses.map((loss) => comment(`Accepts loss: ${loss}`)),
    ...noteLines(notes),
    ...leftoverLines(leftovers),
  ];
  const groups = grouped(actions).map((group) => [commentOf(group), ...statementsOf(group)].join('\n'));
  return `${[lines.join('\n'), ...groups].join('\n\n')}\n`;
}

function noteLines(notes: readonly string[]): string[] {
  return notes.length === 0 ? [] : ['--', ...notes.map((text) => comment(`Note: ${text}`))];
}

function leftoverLines(leftovers: readonly string[]): string[] {
  if (leftovers.length === 0) return [];
  return [
    '--',
    '-- UNPROVEN: this draft does not bring back everything. To be written by hand:',
    ...leftovers.map((text) => comment(`  ${text}`)),
  ];
}

function statementsOf(group: readonly Step[]): string[] {
  const all = group.flatMap(({ draft }) => draft.statements);
  const [first] = group;
  const isOne = first !== undefined && 'cause' in first && first.cause === 'in-the-way-of-order';
  return (isOne ? underOneCondition(all) : all).map(statementText);
}

/** What goes for one reason goes together, so that the condition is read once. */
function underOneCondition(statements: readonly StatementDraft[]): StatementDraft[] {
  const joined: StatementDraft[] = [];
  for (const statement of statements) {
    const last = joined.at(-1);
    if (last === undefined || last.onlyIf !== statement.onlyIf) joined.push(statement);
    else joined[joined.length - 1] = { ...last, sql: `${last.sql};\n    ${statement.sql}` };
  }
  return joined;
}

/** A condition that SQL has no words for is asked by a DO block. */
function statementText({ sql, onlyIf }: StatementDraft): string {
  if (onlyIf === null) return `${sql};`;
  const tag = dollarTag('rollback', sql + onlyIf);
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
