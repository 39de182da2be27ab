import type { TableContent } from '../data/table-content.ts';
import { unchangedSince } from '../data/unchanged-since.ts';
import type { RowsLevel } from './rows-climb.ts';

/** What the first climb saw, and what can be seen of it afterwards. */
export interface SeenOnClimb {
  readonly levels: readonly RowsLevel[];
  /** Levels at which tables were emptied for the forward script, by OID. */
  readonly emptied: ReadonlyMap<string, number>;
  /** Whether the way back can say what a table held at a level. */
  readonly isSeen: (oid: string, level: number) => boolean;
}

/**
 * What is certain of a level when the way up comes there again: the values that were there at the lowest level, or when
 * their table was filled, and that the first climb left alone from there.
 * @returns the contents, and the names of tables that hold further rows
 */
export function expectedAbove(
  seen: SeenOnClimb,
  level: number,
  lowest: number,
): { readonly expected: readonly TableContent[]; readonly growing: ReadonlySet<string> } {
  const expected: TableContent[] = [];
  const growing = new Set<string>();
  for (const content of seen.levels[level]?.held.contents.values() ?? []) {
    const origin = originOf(seen, content.oid, { level, lowest });
    const unchanged = origin === undefined ? null : unchangedSince(origin, content);
    if (unchanged === null) continue;
    expected.push(unchanged.content);
    if (unchanged.hasMore) growing.add(content.table);
  }
  return { expected, growing };
}

/** What a table held at the lowest level, or when it was filled again. */
function originOf(
  { levels, emptied, isSeen }: SeenOnClimb,
  oid: string,
  { level, lowest }: { level: number; lowest: number },
): TableContent | undefined {
  if (!isSeen(oid, level)) return undefined;
  const first = Math.max(lowest + 1, emptied.get(oid) ?? 0);
  const from = levels.findLastIndex(({ filled }, at) => at >= first && at <= level && filled.has(oid));
  const [origin, state] = from === -1 ? [lowest, levels[lowest + 1]?.before] : [from, levels[from]?.held];
  return isSeen(oid, origin) ? state?.contents.get(oid) : undefined;
}
