import type { RowsState } from '../data/rows-reader.ts';
import type { TableShape } from '../data/table-shape.ts';
import type { Script } from '../migrations/model.ts';
import { bodyOf } from '../migrations/statement-body.ts';
import type { ScriptRun } from '../replay/run-script.ts';
import type { ParseNode, Statement } from '../sql/statement.ts';
import { wordsIn } from '../sql/words.ts';
import type { Unseeded } from './rows-trial.ts';

/** A statement that was run and changed nothing, so that nothing is shown of what it does to rows. */
export interface IdleStatement {
  readonly file: string;
  readonly line: number;
  /** The very one of the script. */
  readonly statement: Statement;
  /** Why no row of before can be lost by it; `null` where that is not known. */
  readonly harmless: string | null;
}

/** What tables were like when a forward script ran. */
export interface RanOn {
  readonly before: RowsState;
  readonly unseeded: readonly Unseeded[];
}

const CHANGE_ROWS: ReadonlySet<string | null> = new Set(['UpdateStmt', 'DeleteStmt', 'MergeStmt']);

/**
 * The statements of a forward script that change rows and found none to change.
 * @param run of that script
 */
export function idleStatements(forward: Script, { statements }: ScriptRun, ranOn: RanOn): IdleStatement[] {
  const renamed = new Set(forward.statements.flatMap(newNames));
  const made = new Set(forward.statements.flatMap(madeNames));
  return statements.flatMap(({ statement, rows }) => {
    if (rows !== 0 || !CHANGE_ROWS.has(statement.type)) return [];
    const harmless = harmlessBecause(statement, { ...ranOn, renamed, made });
    return [{ file: forward.file, line: statement.line, statement, harmless }];
  });
}

function newNames({ type, tree }: Statement): string[] {
  const name = type === 'RenameStmt' ? tree['newname'] : undefined;
  return typeof name === 'string' ? [name] : [];
}

/** Of relations that a statement makes; all that a block may make, since it says so in its text. */
function madeNames({ type, tree }: Statement): readonly string[] {
  if (type === 'DoStmt') return [...wordsIn(bodyOf(tree) ?? '')];
  const into = (tree['into'] ?? tree['intoClause']) as { rel?: { relname?: string } } | undefined;
  const relation = type === 'CreateStmt' ? (tree['relation'] as { relname?: string }) : into?.rel;
  return relation?.relname === undefined ? [] : [relation.relname];
}

interface Known extends RanOn {
  /** Names of relations that the script makes. */
  readonly made: ReadonlySet<string>;
  /** Names that something of before has by now. */
  readonly renamed: ReadonlySet<string>;
}

function harmlessBecause({ type, tree }: Statement, known: Known): string | null {
  const { before, unseeded, renamed, made } = known;
  const name = (tree['relation'] as { relname?: string } | undefined)?.relname;
  if (name === undefined || renamed.has(name)) return null;
  const tables = before.tables.filter(({ relations }) =>
    relations.some((relation) => relation.name === name),
  );
  // A view is none of the tables either.
  if (tables.length === 0) return made.has(name) ? 'it is about a table that the migration makes' : null;
  const empty = new Set(unseeded.flatMap(({ table, hasToBeEmpty }) => (hasToBeEmpty ? [table] : [])));
  if (tables.every((table) => empty.has(table.name)))
    return 'the migration can only be applied while its table is empty';
  if (type === 'UpdateStmt' && setsOnlyNew(tree, { tables, renamed }))
    return 'it only fills what the migration adds';
  return neverTrue(tree, tables);
}

/** Whether all columns that are set came with the migration. */
function setsOnlyNew(
  tree: ParseNode,
  { tables, renamed }: { tables: readonly TableShape[]; renamed: ReadonlySet<string> },
): boolean {
  const targets = (tree['targetList'] ?? []) as readonly { ResTarget?: { name?: string } }[];
  const old = new Set(tables.flatMap(({ columns }) => columns.map(({ name }) => name)));
  return targets.every(({ ResTarget: target }) => {
    const name = target?.name;
    return name !== undefined && !old.has(name) && !renamed.has(name);
  });
}

/** Of conditions that all have to hold: one that is `false`, or asks for NULL where there is none. */
function neverTrue(tree: ParseNode, tables: readonly TableShape[]): string | null {
  const joins = tree['fromClause'] !== undefined || tree['usingClause'] !== undefined;
  for (const condition of conjuncts(tree['whereClause'])) {
    const constant = condition['A_Const'] as { boolval?: { boolval?: boolean } } | undefined;
    if (constant?.boolval !== undefined && constant.boolval.boolval !== true)
      return 'its condition is never true';
    const test = condition['NullTest'] as { nulltesttype?: string; arg?: unknown } | undefined;
    if (test?.nulltesttype !== 'IS_NULL' || joins) continue;
    const { ColumnRef: column } = (test.arg ?? {}) as { ColumnRef?: { fields?: unknown[] } };
    const name = (column?.fields?.at(-1) as { String?: { sval?: string } } | undefined)?.String?.sval;
    if (name !== undefined && tables.every((table) => isNeverNull(table, name)))
      return `${name} is never NULL`;
  }
  return null;
}

function isNeverNull({ columns }: TableShape, name: string): boolean {
  return columns.some((column) => column.name === name && column.notNull);
}

function conjuncts(where: unknown): ParseNode[] {
  if (typeof where !== 'object' || where === null) return [];
  const { BoolExpr: bool } = where as { BoolExpr?: { boolop?: string; args?: unknown[] } };
  return bool?.boolop === 'AND_EXPR' ? (bool.args ?? []).flatMap(conjuncts) : [where as ParseNode];
}
