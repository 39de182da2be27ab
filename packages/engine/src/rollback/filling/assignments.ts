import type { Relation } from '../../data/row-writes.ts';
import type { ParseNode } from '../../sql/statement.ts';

/** What a statement gives to columns of a table. */
export interface Assignment {
  /** The table, without its schema. */
  readonly table: string;
  /** Whether it gives values to rows that are there, gives the column a type, or brings rows. */
  readonly does: 'sets-values' | 'converts' | 'brings-rows';
  /** The columns, in order; `null` where they go by their places in the table. */
  readonly columns: readonly string[] | null;
  /** Expressions for what they get, in order; otherwise all of them may get something: what is there by the same name or place, or what does not show. */
  readonly values: readonly unknown[] | 'as-they-are' | 'not-shown';
  /** The one table over whose columns the expressions are, without its schema; `null` where there are several, or none. */
  readonly from: string | null;
  /** What decides which rows get the values; `null` where all do. */
  readonly condition: unknown;
}

/** What the statements in a parse tree give to columns, those within others among them. */
export function assignmentsIn(tree: unknown): Assignment[] {
  if (Array.isArray(tree)) return tree.flatMap(assignmentsIn);
  if (typeof tree !== 'object' || tree === null) return [];
  return Object.entries(tree).flatMap(([name, item]) => [
    ...(READERS[name]?.(item as ParseNode) ?? []),
    ...assignmentsIn(item),
  ]);
}

const READERS: Readonly<Record<string, (tree: ParseNode) => Assignment[]>> = {
  UpdateStmt: (tree) => {
    const table = tableOf(tree);
    const from = tree['fromClause'] === undefined ? table : null;
    return [setting(table, tree, from, tree['whereClause'] ?? null)];
  },
  InsertStmt: (tree) => {
    const table = tableOf(tree);
    const conflict = (tree['onConflictClause'] ?? {}) as ParseNode;
    const own = bringing(table, namesOf(tree['cols']), tree['selectStmt']);
    return conflict['targetList'] === undefined ? [own] : [own, setting(table, conflict, null, conflict)];
  },
  MergeStmt: (tree) => {
    const clauses = (tree['mergeWhenClauses'] ?? []) as { MergeWhenClause: ParseNode }[];
    return clauses.flatMap(({ MergeWhenClause: clause }) => merged(tableOf(tree), clause));
  },
  CreateTableAsStmt: (tree) => {
    const into = tree['into'] as ParseNode;
    return [bringing((into['rel'] as Relation).relname ?? '', null, tree['query'])];
  },
  ViewStmt: (tree) => [bringing((tree['view'] as Relation).relname ?? '', null, tree['query'])],
  SelectStmt: (tree) => {
    const into = tree['intoClause'] as ParseNode | undefined;
    if (into === undefined) return [];
    return [bringing((into['rel'] as Relation).relname ?? '', null, { SelectStmt: tree })];
  },
  AlterTableStmt: (tree) => {
    const commands = (tree['cmds'] ?? []) as { AlterTableCmd: ParseNode }[];
    return commands.flatMap(({ AlterTableCmd: command }) => computed(tableOf(tree), command));
  },
};

function tableOf(tree: ParseNode): string {
  return (tree['relation'] as Relation).relname ?? '';
}

interface Target {
  readonly ResTarget?: { readonly name?: string; readonly val?: unknown };
}

function namesOf(targets: unknown): string[] | null {
  if (targets === undefined) return null;
  return (targets as Target[]).map(({ ResTarget }) => ResTarget?.name ?? '');
}

function setting(table: string, tree: ParseNode, from: string | null, condition: unknown): Assignment {
  const targets = (tree['targetList'] ?? []) as Target[];
  const values = targets.map(valueIn);
  return { table, does: 'sets-values', columns: namesOf(targets) ?? [], values, from, condition };
}

function bringing(table: string, columns: readonly string[] | null, query: unknown): Assignment {
  const select = (query as { SelectStmt?: ParseNode } | undefined)?.SelectStmt ?? {};
  const [source, ...others] = (select['fromClause'] ?? []) as { RangeVar?: Relation }[];
  const from = others.length > 0 ? null : (source?.RangeVar?.relname ?? null);
  return { table, does: 'brings-rows', columns, values: selected(select), from, condition: null };
}

function selected(select: ParseNode): Assignment['values'] {
  const targets = (select['targetList'] ?? []) as Target[];
  if (targets.length === 0) return 'not-shown';
  return targets.some(isStar) ? 'as-they-are' : targets.map(valueIn);
}

function isStar({ ResTarget }: Target): boolean {
  const { ColumnRef } = (ResTarget?.val ?? {}) as { ColumnRef?: { fields?: unknown[] } };
  return (ColumnRef?.fields?.at(-1) as { A_Star?: unknown } | undefined)?.A_Star !== undefined;
}

function valueIn({ ResTarget }: Target): unknown {
  return ResTarget?.val;
}

/** What a clause of `MERGE` sets or brings: its expressions may be over the columns of both sides. */
function merged(table: string, clause: ParseNode): Assignment[] {
  if (clause['commandType'] === 'CMD_UPDATE') return [setting(table, clause, null, clause)];
  if (clause['commandType'] !== 'CMD_INSERT') return [];
  const columns = namesOf(clause['targetList']);
  const values = (clause['values'] ?? []) as unknown[];
  return [{ table, does: 'brings-rows', columns, values, from: null, condition: null }];
}

/** `ALTER COLUMN … TYPE … USING`, and a column that is computed when it is added. */
function computed(table: string, { subtype, name, def }: ParseNode): Assignment[] {
  const {
    colname,
    raw_default: using,
    constraints,
  } = ((def as { ColumnDef?: ColumnDef } | undefined)?.ColumnDef ?? {}) as ColumnDef;
  const generated = (constraints ?? []).find(({ Constraint }) => Constraint?.contype === 'CONSTR_GENERATED');
  const converts = subtype === 'AT_AlterColumnType';
  const [column, value] = converts ? [name as string, using] : [colname, generated?.Constraint?.raw_expr];
  if (column === undefined || value === undefined) return [];
  const does = converts ? 'converts' : 'sets-values';
  return [{ table, does, columns: [column], values: [value], from: table, condition: null }];
}

interface ColumnDef {
  readonly colname?: string;
  readonly raw_default?: unknown;
  readonly constraints?: readonly {
    readonly Constraint?: { readonly contype?: string; readonly raw_expr?: unknown };
  }[];
}
