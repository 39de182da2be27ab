import { scanSql } from '../sql/parser.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import type { Statement } from '../sql/statement.ts';
import { depthsOf, type Relation } from './row-writes.ts';

/**
 * What a statement is to do in place of what its condition asks for: the same with every row of its table, or with the one that came
 * last, or to give all rows what the last one has in the columns that it sets.
 */
export type OtherDoing = 'every-row' | 'last-row' | 'values-of-last-row';

/**
 * An `UPDATE` or `DELETE` that changes other rows of its table than its condition asks for.
 * @param statement of a script, at whose place it stands; the parser must be loaded
 * @returns `null` for statements of other kinds, and where there is no such doing
 */
export function withoutCondition(statement: Statement, doing: OtherDoing): Statement | null {
  const target = targetOf(statement);
  if (target === null) return null;
  const text =
    doing === 'values-of-last-row' ? givenToAll(target, statement) : onOthers(target, statement, doing);
  return text === null ? null : { ...statement, text };
}

interface Target {
  /** Quoted, with its schema where the statement names it. */
  readonly table: string;
  /** By which the statement calls it. */
  readonly name: string;
}

function targetOf({ type, tree }: Statement): Target | null {
  if (type !== 'UpdateStmt' && type !== 'DeleteStmt') return null;
  const { schemaname, relname, alias } = (tree['relation'] ?? {}) as Relation;
  if (relname === undefined) return null;
  const table = [...(schemaname === undefined ? [] : [schemaname]), relname].map(quoteIdentifier).join('.');
  return { table, name: quoteIdentifier(alias?.aliasname ?? relname) };
}

function onOthers(
  target: Target,
  { text }: Statement,
  rows: Exclude<OtherDoing, 'values-of-last-row'>,
): string | null {
  const tokens = scanSql(text) ?? [];
  const depths = depthsOf(tokens);
  const placeOf = (word: string) =>
    tokens.findIndex((token, place) => depths[place] === 0 && token.text.toLowerCase() === word);
  const [where, returning] = [placeOf('where'), placeOf('returning')];
  if (where === -1) return null;
  const textOf = (part: typeof tokens) => part.map((token) => token.text).join(' ');
  const tail = returning < where ? '' : ` ${textOf(tokens.slice(returning))}`;
  return `${textOf(tokens.slice(0, where))}${rows === 'every-row' ? '' : onlyLast(target)}${tail}`;
}

/** By its place (PostgreSQL manual 5.6, `tableoid` and `ctid`): a table need not have a key. */
function onlyLast({ table, name }: Target): string {
  return ` where (${name}.tableoid, ${name}.ctid) = (select tableoid, ctid from ${table} ${LAST})`;
}

const LAST = 'order by tableoid desc, ctid desc limit 1';

/** Whatever a statement computes, these are values that its columns take. */
function givenToAll({ table }: Target, { tree }: Statement): string | null {
  const targets = (tree['targetList'] ?? []) as readonly { ResTarget?: { name?: string } }[];
  const names = targets.flatMap(({ ResTarget: target }) => target?.name ?? []).map(quoteIdentifier);
  if (names.length === 0) return null;
  const sets = names.map((name) => `${name} = o.${name}`).join(', ');
  const isOther = names.map((name) => `t.${name}::text is distinct from o.${name}::text`).join(' or ');
  return `update ${table} t set ${sets} from (select * from ${table} ${LAST}) o where ${isOther}`;
}
