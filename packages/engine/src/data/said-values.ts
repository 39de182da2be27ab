import { scanSql, type Token } from '../sql/parser.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import { depthsOf } from './row-writes.ts';
import { partsOf } from './where-conditions.ts';

/**
 * What conditions say that a column is, in terms of others: `total = price * pieces`, `'of ' || club = any (roles)`.
 * @param conditions over columns that stand alone
 * @param columns that may be computed, by name
 * @returns SQL of the value by column; none of it speaks of another column that is in the answer
 */
export function saidValues(
  conditions: readonly string[],
  columns: readonly string[],
): ReadonlyMap<string, string> {
  const found = new Map<string, string>();
  const used = new Set<string>();
  const parts = conditions.flatMap((condition) => partsOf(scanSql(bare(condition)) ?? []));
  for (const part of parts) {
    const said = saidBy(part, columns);
    if (said === null || found.has(said.column) || used.has(said.column)) continue;
    const others = columns.filter((name) => said.value.some((token) => isColumn([token], name)));
    if (others.length === 0 || others.some((name) => found.has(name) || name === said.column)) continue;
    for (const name of others) used.add(name);
    const text = said.value.map((token) => token.text).join(' ');
    found.set(said.column, said.isMember ? `array[${text}]` : `(${text})`);
  }
  return found;
}

/** Without what was put around it to have it true. */
function bare(condition: string): string {
  return /^\((.*)\) is true$/s.exec(condition)?.[1] ?? condition;
}

interface Said {
  readonly column: string;
  readonly value: readonly Token[];
  /** Whether the value is one of an array's. */
  readonly isMember: boolean;
}

function saidBy(part: readonly Token[], columns: readonly string[]): Said | null {
  const depths = depthsOf(part);
  const places = part.flatMap(({ text }, place) => (text === '=' && depths[place] === 0 ? [place] : []));
  const [equals] = places;
  if (equals === undefined || places.length > 1 || part.some(({ text }) => /^select$/i.test(text)))
    return null;
  const [left, right] = [part.slice(0, equals), part.slice(equals + 1)];
  const isAny = /^any$/i.test(right[0]?.text ?? '') && right[1]?.text === '(' && right.length === 4;
  const member = columns.find((name) => isAny && isColumn(right.slice(2, 3), name));
  if (member !== undefined) return { column: member, value: left, isMember: true };
  for (const [own, value] of [
    [left, right],
    [right, left],
  ] as const) {
    const column = columns.find((name) => isColumn(own, name));
    if (column !== undefined) return { column, value, isMember: false };
  }
  return null;
}

function isColumn([token, ...others]: readonly Token[], name: string): boolean {
  if (token === undefined || others.length > 0) return false;
  return token.text === quoteIdentifier(name) || token.text.toLowerCase() === name;
}
