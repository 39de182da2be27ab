import { bodyOf } from '../migrations/statement-body.ts';
import type { ParseNode, Statement } from '../sql/statement.ts';
import { statementsInBody } from './body-statements.ts';
import type { Relation } from './row-writes.ts';

/** What a statement can do to the rows of a table, whether or not it finds any. */
export interface RowEffect {
  /** `null` where the statement names none. */
  readonly schema: string | null;
  readonly table: string;
  readonly does: 'insert' | 'update' | 'delete' | 'truncate' | 'truncate-cascade';
  /** The columns that an update sets; otherwise empty. */
  readonly columns: readonly string[];
}

/**
 * What the statements of a script can do to rows: `INSERT`, also with `ON CONFLICT DO UPDATE`, `UPDATE`, `DELETE`, `MERGE`,
 * `TRUNCATE` and `COPY FROM`, those of `WITH` and of `DO` blocks among them. Definitions of functions and rules do nothing yet.
 * @param statements of any script; the parser must be loaded
 */
export function rowEffects(statements: readonly Pick<Statement, 'type' | 'tree'>[]): RowEffect[] {
  return statements.flatMap(({ type, tree }) => {
    if (type === null || type === 'CreateFunctionStmt' || type === 'RuleStmt') return [];
    if (type === 'DoStmt') return bodyEffects(bodyOf(tree) ?? '');
    return effectsIn({ [type]: tree });
  });
}

/**
 * What the statements in the source of a function or block can do to rows, also those that `EXECUTE` runs where their text is written
 * out.
 */
export function bodyEffects(body: string): RowEffect[] {
  return rowEffects(statementsInBody(body));
}

function effectsIn(value: unknown): RowEffect[] {
  if (Array.isArray(value)) return value.flatMap(effectsIn);
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, item]) => [
    ...(READERS[name]?.(item as ParseNode) ?? []),
    ...effectsIn(item),
  ]);
}

type Does = RowEffect['does'];

const READERS: Readonly<Record<string, (tree: ParseNode) => RowEffect[]>> = {
  UpdateStmt: (tree) => [effect(tree, 'update', targetsOf(tree))],
  DeleteStmt: (tree) => [effect(tree, 'delete')],
  InsertStmt: (tree) => {
    const conflict = (tree['onConflictClause'] ?? {}) as ParseNode;
    const targets = targetsOf(conflict);
    return [effect(tree, 'insert'), ...(targets.length === 0 ? [] : [effect(tree, 'update', targets)])];
  },
  MergeStmt: (tree) => {
    const clauses = (tree['mergeWhenClauses'] ?? []) as { MergeWhenClause: ParseNode }[];
    return clauses.flatMap(({ MergeWhenClause: clause }) => {
      const does = MERGES[String(clause['commandType'])];
      return does === undefined ? [] : [effect(tree, does, does === 'update' ? targetsOf(clause) : [])];
    });
  },
  TruncateStmt: (tree) => {
    const does = tree['behavior'] === 'DROP_CASCADE' ? 'truncate-cascade' : 'truncate';
    const relations = (tree['relations'] ?? []) as { RangeVar: Relation }[];
    return relations.map(({ RangeVar }) => effect({ relation: RangeVar }, does));
  },
  CopyStmt: (tree) => (tree['is_from'] === true ? [effect(tree, 'insert')] : []),
};

const MERGES: Readonly<Record<string, Does>> = {
  CMD_UPDATE: 'update',
  CMD_DELETE: 'delete',
  CMD_INSERT: 'insert',
};

function effect(tree: ParseNode, does: Does, columns: readonly string[] = []): RowEffect {
  const { schemaname, relname } = tree['relation'] as Relation;
  return { schema: schemaname ?? null, table: relname ?? '', does, columns };
}

function targetsOf(tree: ParseNode): string[] {
  const targets = (tree['targetList'] ?? []) as { ResTarget?: { name?: string } }[];
  return targets.flatMap(({ ResTarget }) => ResTarget?.name ?? []);
}
