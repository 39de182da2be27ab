import type { Problem } from '../errors/problem.ts';
import type { Statement } from '../sql/statement.ts';
import type { Script } from './model.ts';
import { whyOutsideTransaction } from './outside-transaction.ts';

/** A verify script, by the moments at which its statements are run. */
export interface Assertions {
  /** What has to be true after the forward script, however often it was applied. */
  readonly afterApply: Script;
  /** What has to be true after the rollback. */
  readonly afterRollback: Script;
}

/**
 * Parts a verify script at its marker lines: what stands below `-- After rollback` is about the state after the rollback;
 * all else, and what stands below `-- After apply`, is about the state after the forward script. Statements keep
 * their places in the file.
 */
export function assertionsOf(script: Script): Assertions {
  const markers = markersOf(script);
  const isAfterRollback = ({ line }: Statement): boolean =>
    markers.findLast((marker) => marker.line < line)?.moment === 'rollback';
  return {
    afterApply: { ...script, statements: script.statements.filter((one) => !isAfterRollback(one)) },
    afterRollback: { ...script, statements: script.statements.filter(isAfterRollback) },
  };
}

interface Marker {
  readonly moment: 'apply' | 'rollback';
  readonly line: number;
}

const MARKER = /^[ \t]*--[ \t]*after[ \t]+(apply|rollback)[ \t]*:?[ \t]*$/i;

/** A line inside a statement, such as one of a string, is no marker. */
function markersOf({ text, statements }: Script): Marker[] {
  return text.split(/\r?\n/).flatMap((content, index): Marker[] => {
    const match = MARKER.exec(content);
    const line = index + 1;
    if (match === null || statements.some((statement) => reaches(statement, line))) return [];
    return [{ moment: match[1]?.toLowerCase() === 'rollback' ? 'rollback' : 'apply', line }];
  });
}

/** Whether a line begins inside a statement. */
function reaches(statement: Statement, line: number): boolean {
  return statement.line < line && line < statement.line + statement.text.split('\n').length;
}

/**
 * Statements that a verify script cannot hold. It runs in one transaction of which nothing stays, so that nothing may
 * end it, and what PostgreSQL refuses inside of one has no place.
 */
export function assertionProblems({ file, statements }: Script): Problem[] {
  return statements.flatMap((statement): Problem[] => {
    const what = endsTransaction(statement)
      ? 'begins or ends a transaction'
      : whyOutsideTransaction(statement);
    if (what === null) return [];
    const { line, column } = statement;
    return [
      {
        code: 'assertion-outside-transaction',
        message: `${file} runs in one transaction of which nothing stays, but ${what}`,
        fix: 'remove the statement: a verify script only looks at what the migration left',
        file,
        line,
        column,
      },
    ];
  });
}

/** `ROLLBACK` and two-phase commit are refused in every script. */
const TRANSACTION = ['TRANS_STMT_BEGIN', 'TRANS_STMT_START', 'TRANS_STMT_COMMIT'];

function endsTransaction({ type, tree }: Statement): boolean {
  return type === 'TransactionStmt' && TRANSACTION.includes(String(tree['kind']));
}
