import { ServerError } from '../postgres/server-error.ts';
import type { Session } from '../postgres/session.ts';
import { parseSql } from '../sql/parser.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import type { ParseNode } from '../sql/statement.ts';
import { columnOf, lastName, stringOf, visit } from './parsed-nodes.ts';
import { CANDIDATE } from './singled-out.ts';
import type { TableShape } from './table-shape.ts';

/** A column that a condition wants to be like a column of rows that are there. */
interface Likeness {
  /** Of the row that is proposed. */
  readonly column: string;
  /** As the condition calls it. */
  readonly relation: NamedRelation;
  /** Of that table. */
  readonly like: string;
}

interface NamedRelation {
  readonly schemaname?: string;
  readonly relname: string;
  readonly alias?: { readonly aliasname?: string };
}

/** How many values of rows that are there are proposed for a column. */
const MOST = 6;

/**
 * The same table, with values of rows that are there proposed first where a condition compares a column with those of
 * other rows, within a subquery: what is made up would rarely be one of them.
 * @param session in the state in which the condition is asked; the parser must be loaded
 * @throws ServerError when the connection breaks
 */
export async function withValuesElsewhere(session: Session, table: TableShape): Promise<TableShape> {
  const wanted = table.conditions.flatMap(({ expression }) => likenessesIn(expression));
  if (wanted.length === 0) return table;
  const values = new Map<string, string[]>();
  for (const likeness of wanted) {
    const known = values.get(likeness.column) ?? [];
    values.set(likeness.column, [...known, ...(await valuesLike(session, likeness))]);
  }
  const columns = table.columns.map((column) => ({
    ...column,
    proposed: [...new Set([...(values.get(column.name) ?? []), ...column.proposed])],
  }));
  return { ...table, columns };
}

/** A condition that the server cannot read proposes nothing, and is refused where it is asked. */
async function valuesLike(session: Session, { relation, like }: Likeness): Promise<string[]> {
  const { schemaname, relname } = relation;
  const name = [...(schemaname === undefined ? [] : [schemaname]), relname].map(quoteIdentifier).join('.');
  const value = `${quoteIdentifier(like)}::text`;
  const sql = `select ${value} as value from ${name} where ${value} is not null group by 1 order by count(*), 1 limit ${MOST}`;
  try {
    return (await session.query(sql)).map((row) => String(row['value']));
  } catch (error) {
    if (!(error instanceof ServerError) || error.sqlstate === null) throw error;
    return [];
  }
}

function likenessesIn(expression: string): Likeness[] {
  const outcome = parseSql(`SELECT ${expression}`);
  if (outcome.kind === 'refused') return [];
  const found: Likeness[] = [];
  visit(
    outcome.statements.map(({ tree }) => tree),
    (node) => {
      const { subselect, testexpr } = (node['SubLink'] ?? {}) as ParseNode;
      if (subselect !== undefined) found.push(...compared(subselect), ...members(testexpr, subselect));
    },
  );
  return found;
}

const OWN: ReadonlySet<string> = new Set([CANDIDATE]);

/** Equations in a subquery between the row that is proposed and a table of the subquery. */
function compared(subselect: unknown): Likeness[] {
  const relations = relationsIn(subselect);
  const found: Likeness[] = [];
  visit(subselect, (node) => {
    const { kind, name, lexpr, rexpr } = (node['A_Expr'] ?? {}) as Record<string, unknown>;
    const isEquation =
      kind === 'AEXPR_NOT_DISTINCT' ||
      (kind === 'AEXPR_OP' && stringOf((name as unknown[] | undefined)?.at(-1)) === '=');
    if (!isEquation) return;
    for (const [own, other] of [
      [lexpr, rexpr],
      [rexpr, lexpr],
    ]) {
      const column = columnOf(own, OWN, 'qualified');
      const like = column === null ? null : likeOf(other, relations);
      if (column !== null && like !== null) found.push({ column, ...like });
    }
  });
  return found;
}

/** `(a, b) in (select a, b from t)`. */
function members(testexpr: unknown, subselect: unknown): Likeness[] {
  const { RowExpr } = (testexpr ?? {}) as { RowExpr?: { args?: readonly unknown[] } };
  const own = RowExpr?.args ?? [testexpr];
  const { targetList } = ((subselect as ParseNode)['SelectStmt'] ?? {}) as {
    targetList?: readonly { ResTarget?: { val?: unknown } }[];
  };
  const relations = relationsIn(subselect);
  return own.flatMap((one, place) => {
    const column = lastName(one);
    const like = column === null ? null : likeOf(targetList?.[place]?.ResTarget?.val, relations);
    return column === null || like === null ? [] : [{ column, ...like }];
  });
}

function likeOf(
  node: unknown,
  relations: readonly NamedRelation[],
): { relation: NamedRelation; like: string } | null {
  for (const relation of relations) {
    const called = new Set([relation.alias?.aliasname ?? relation.relname]);
    const like = columnOf(node, called, relations.length === 1 ? 'any' : 'qualified');
    if (like !== null) return { relation, like };
  }
  return null;
}

function relationsIn(subselect: unknown): NamedRelation[] {
  const relations: NamedRelation[] = [];
  visit(subselect, ({ RangeVar: relation }) => {
    if (relation !== undefined) relations.push(relation as NamedRelation);
  });
  return relations;
}
