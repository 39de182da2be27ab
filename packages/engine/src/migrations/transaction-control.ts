import type { Problem } from '../errors/problem.ts';
import type { Statement } from '../sql/statement.ts';

/**
 * Statements that would end a script's transaction in a way that cannot be carried out faithfully: a
 * `ROLLBACK` of the whole (the statements before it would have no effect) and two-phase commit (the
 * transaction would outlive the run, holding its locks). `BEGIN`, `COMMIT` and savepoints are no problem.
 *
 * @param file path to show
 * @param statements all statements of the script
 */
export function transactionProblems(file: string, statements: readonly Statement[]): Problem[] {
  return statements.flatMap((statement): Problem[] => {
    if (statement.type !== 'TransactionStmt') return [];
    const explained = EXPLAINED[String(statement.tree['kind'])];
    if (explained === undefined) return [];
    const { line, column } = statement;
    return [{ ...explained, message: `${file} ${explained.message}`, file, line, column }];
  });
}

const TWO_PHASE = {
  code: 'two-phase-commit',
  message: 'uses two-phase commit, whose transaction would outlive the migration and keep its locks',
  fix: 'Use BEGIN and COMMIT, or neither',
};

const EXPLAINED: Readonly<Record<string, { code: string; message: string; fix: string }>> = {
  TRANS_STMT_ROLLBACK: {
    code: 'script-rolls-back',
    message: 'takes back its own work with ROLLBACK, so that the statements before it have no effect',
    fix: 'Remove the ROLLBACK, or the statements that it takes back',
  },
  TRANS_STMT_PREPARE: TWO_PHASE,
  TRANS_STMT_COMMIT_PREPARED: TWO_PHASE,
  TRANS_STMT_ROLLBACK_PREPARED: TWO_PHASE,
};
