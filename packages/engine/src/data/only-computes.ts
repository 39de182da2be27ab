import type { Session } from '../postgres/session.ts';
import { quoteLiteral } from '../sql/quote.ts';
import type { Statement } from '../sql/statement.ts';
import { stringOf, visit } from './parsed-nodes.ts';

/**
 * Whether a statement does nothing beside what it does to its own table: no `WITH` of it writes, and it calls no function that may write
 * (PostgreSQL manual 36.7, "Function Volatility Categories": only volatile ones may).
 * @param session on a database in which the script was not run
 * @param statement a whole one, or what of one is looked at
 * @param script all of the statement's script, which may make the functions
 * @throws ServerError when the server refuses
 */
export async function onlyComputes(
  session: Session,
  { tree }: Pick<Statement, 'tree'>,
  script: readonly Statement[],
): Promise<boolean> {
  if (writesWithin(tree['withClause'])) return false;
  const called = calledFunctions(tree);
  if (called.size === 0) return true;
  const names = [...called].map(quoteLiteral).join(', ');
  const rows = await session.query(
    `select proname as name, bool_or(provolatile = 'v') as may_write from pg_proc where proname in (${names}) group by proname`,
  );
  const known = new Map(rows.map((row) => [String(row['name']), row['may_write'] === true]));
  for (const [name, mayWrite] of script.flatMap(madeFunction))
    known.set(name, mayWrite || known.get(name) === true);
  return [...called].every((name) => known.get(name) === false);
}

function writesWithin(tree: unknown): boolean {
  let writes = false;
  visit(tree, (node) => {
    writes ||= WRITES.some((type) => type in node);
  });
  return writes;
}

const WRITES: readonly string[] = ['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'];

function calledFunctions(tree: unknown): Set<string> {
  const names = new Set<string>();
  visit(tree, ({ FuncCall: call }) => {
    const name = stringOf((call as { funcname?: unknown[] } | undefined)?.funcname?.at(-1));
    if (name !== null) names.add(name);
  });
  return names;
}

/** Name, and whether it may write. */
function madeFunction({ type, tree }: Statement): (readonly [string, boolean])[] {
  if (type !== 'CreateFunctionStmt') return [];
  const { funcname = [], options = [] } = tree as {
    funcname?: unknown[];
    options?: readonly { DefElem?: { defname?: string; arg?: unknown } }[];
  };
  const said = options.find(({ DefElem: option }) => option?.defname === 'volatility');
  const isStable = ['immutable', 'stable'].includes(stringOf(said?.DefElem?.arg) ?? '');
  return [[stringOf(funcname.at(-1)) ?? '', !isStable]];
}
