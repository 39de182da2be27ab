import type { Statement } from './statement.ts';

/** A table as an INSERT statement names it. */
export interface InsertedName {
  /** `null` where the statement names none. */
  readonly schema: string | null;
  readonly name: string;
}

/** What the INSERT statements of a script write to. What is inside of `DO` blocks is not seen. */
export function insertedNames(statements: readonly Statement[]): InsertedName[] {
  return statements.flatMap(({ type, tree }) => {
    if (type !== 'InsertStmt') return [];
    const { schemaname, relname } = tree['relation'] as { schemaname?: string; relname: string };
    return [{ schema: schemaname ?? null, name: relname }];
  });
}
