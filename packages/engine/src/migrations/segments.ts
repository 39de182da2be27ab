import { scanSql } from '../sql/parser.ts';
import type { Statement } from '../sql/statement.ts';
import type { Script } from './model.ts';
import { whyOutsideTransaction } from './outside-transaction.ts';

/** A stretch of a script that is executed as one. */
export type Segment =
  /** `begin` is what opens it: the file's own BEGIN with its modes, where there is one. */
  | { readonly kind: 'transaction'; readonly begin: string; readonly statements: readonly Statement[] }
  | { readonly kind: 'alone'; readonly statement: Statement; readonly reason: string };

/**
 * Cuts a script into what runs in one transaction each, and what has to run outside of one.
 *
 * - Consecutive statements share one transaction.
 * - `BEGIN` and `COMMIT` in the file delimit transactions and are not in any segment. As in PostgreSQL, a
 *   `BEGIN` inside a transaction and a `COMMIT` outside of one do nothing more than that. A `BEGIN` that is
 *   never committed lasts until the end of the script and is committed there. Modes (`ISOLATION LEVEL …`,
 *   `READ ONLY`) of a `BEGIN` are kept.
 * - Between an explicit `BEGIN` and its `COMMIT` nothing is taken apart: what PostgreSQL refuses there,
 *   the author asked for, and the server will say so.
 * - Elsewhere a statement that PostgreSQL refuses inside a transaction block stands alone.
 * - Elsewhere the transaction ends right after `ALTER TYPE … ADD VALUE` when a later statement names the
 *   new label, because a new label cannot be used before it is committed (SQLSTATE 55P04).
 * - What the parser refused is a transaction of its own.
 *
 * Savepoints are ordinary statements. A script with `ROLLBACK` of the whole or two-phase commit does not
 * get here: `readMigrations` refuses it.
 */
export function segmentsOf(script: Script): Segment[] {
  const segments: Segment[] = [];
  let open: Statement[] = [];
  let explicit = false;
  let begin = 'begin';
  const close = (): void => {
    if (open.length > 0) segments.push({ kind: 'transaction', begin, statements: open });
    open = [];
  };
  for (const [index, statement] of script.statements.entries()) {
    const control = transactionControl(statement);
    if (control !== null) {
      if (control === 'commit' || !explicit) close();
      // A BEGIN inside of a transaction only earns a warning; COMMIT AND CHAIN goes on with the same modes.
      if (control === 'begin' && !explicit) begin = statement.text;
      explicit = control !== 'commit';
      if (control === 'commit and chain') close();
      if (!explicit) begin = 'begin';
      continue;
    }
    const reason = explicit ? null : whyOutsideTransaction(statement);
    if (reason !== null) {
      close();
      segments.push({ kind: 'alone', statement, reason });
      continue;
    }
    if (statement.type === null && !explicit) close();
    open.push(statement);
    if (!explicit && endsTransaction(statement, script.statements.slice(index + 1))) close();
  }
  close();
  return segments;
}

type Control = 'begin' | 'commit' | 'commit and chain';

function transactionControl(statement: Statement): Control | null {
  if (statement.type !== 'TransactionStmt') return null;
  switch (statement.tree['kind']) {
    case 'TRANS_STMT_BEGIN':
    case 'TRANS_STMT_START':
      return 'begin';
    case 'TRANS_STMT_COMMIT':
      return statement.tree['chain'] === true ? 'commit and chain' : 'commit';
    default:
      return null;
  }
}

function endsTransaction(statement: Statement, later: readonly Statement[]): boolean {
  if (statement.type === null) return true;
  const { newVal: label, oldVal: renamed } = statement.tree;
  if (statement.type !== 'AlterEnumStmt' || typeof label !== 'string' || renamed !== undefined) return false;
  return later.some((candidate) => namesLabel(candidate, label));
}

/** Whether a string constant is the label, or holds it: as `'label'` in a body, or within an array `'{…}'`. */
function namesLabel(statement: Statement, label: string): boolean {
  const escaped = label.replaceAll("'", "''");
  if (!statement.text.includes(label) && !statement.text.includes(escaped)) return false;
  const quoted = `'${escaped}'`;
  const tokens = scanSql(statement.text);
  if (tokens === null) return statement.text.includes(quoted);
  return tokens.some(
    ({ name, text }) =>
      name === 'SCONST' &&
      (text.includes(quoted) || text === `$$${label}$$` || (text.startsWith("'{") && text.includes(label))),
  );
}
