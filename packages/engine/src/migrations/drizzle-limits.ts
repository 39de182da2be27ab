import type { Statement } from '../sql/statement.ts';
import type { Script } from './model.ts';
import { segmentsOf } from './segments.ts';

/** A statement that Drizzle's migrators cannot run as this script means it, and why. */
export interface DrizzleLimit {
  readonly code: 'outside-transaction' | 'new-enum-value' | 'own-transaction';
  readonly statement: Statement;
  /** Sentence without a full stop. */
  readonly why: string;
}

/**
 * What Drizzle's migrators cannot run: they put all pending migrations into one transaction
 * (`migrate` of drizzle-orm's `PgDialect`, and of its session in 1.0).
 */
export function drizzleLimits(script: Script): DrizzleLimit[] {
  const own = script.statements.filter(({ type }) => type === 'TransactionStmt').slice(0, 1);
  return [
    ...segmentsOf(script).flatMap((segment): DrizzleLimit[] =>
      segment.kind === 'alone'
        ? [{ code: 'outside-transaction', statement: segment.statement, why: segment.reason }]
        : [],
    ),
    ...enumValuesInUse(script),
    ...own.map(
      (statement): DrizzleLimit => ({
        code: 'own-transaction',
        statement,
        why: 'BEGIN and COMMIT in a script end the transaction that holds all pending migrations together',
      }),
    ),
  ];
}

/** `segmentsOf` ends a transaction right after a new label that is used later in the script; one transaction cannot. */
function enumValuesInUse(script: Script): DrizzleLimit[] {
  const segments = segmentsOf(script);
  return segments.flatMap((segment, index): DrizzleLimit[] => {
    const last = segment.kind === 'transaction' ? segment.statements.at(-1) : undefined;
    const next = segments[index + 1];
    if (last?.type !== 'AlterEnumStmt' || next?.kind !== 'transaction') return [];
    const follows = script.statements[script.statements.indexOf(last) + 1] === next.statements[0];
    if (!follows) return [];
    const why = `the label '${String(last.tree['newVal'])}' is used in the same script, and cannot be before it is committed`;
    return [{ code: 'new-enum-value', statement: last, why }];
  });
}
