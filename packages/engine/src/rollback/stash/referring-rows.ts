import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import type { Side } from '../side.ts';
import { refusalWhere } from './refusal.ts';
import { namesIn } from './row-key.ts';
import { addedMatch, addedTable, rowsOf } from './stash-columns.ts';
import type { StashedTable } from './stash-plan.ts';

/**
 * Blocks that refuse where rows refer to those that the migration brought by a foreign key which would delete or change
 * them along, in silence. PostgreSQL itself refuses under other keys.
 */
export function referringRefused(table: StashedTable, before: Side): string[] {
  return before
    .ofKind('constraint')
    .flatMap((constraint) => followingKey(constraint, table.before) ?? [])
    .map((key) => refusal(key, table));
}

/** A foreign key under which rows follow what happens to those that they refer to. */
interface FollowingKey {
  /** The table that refers. */
  readonly table: string;
  readonly columns: readonly string[];
  readonly targets: readonly string[];
}

function followingKey(constraint: CatalogObject, target: CatalogObject): FollowingKey | null {
  const definition = new Attributes(constraint).text('definition') ?? '';
  const [own = '', rest] = definition.split(` REFERENCES ${target.name}(`);
  if (rest === undefined || constraint.table === null) return null;
  const end = rest.indexOf(')');
  if (!/ ON DELETE (?:CASCADE|SET NULL|SET DEFAULT)/.test(rest.slice(end))) return null;
  const columns = namesIn(own.replace(/^FOREIGN KEY \(/, '').replace(/\)$/, ''));
  return { table: constraint.table, columns, targets: namesIn(rest.slice(0, end)) };
}

function refusal({ table: referring, columns, targets }: FollowingKey, table: StashedTable): string {
  const match = columns.map((column, place) => `r.${column}::text = t.${targets[place]}::text`).join(' AND ');
  const isSelf = referring === table.before.name;
  const others = isSelf
    ? ` WHERE NOT EXISTS (SELECT FROM ${addedTable(table)} s WHERE ${addedMatch(table, 'before', 'r')})`
    : '';
  return refusalWhere({
    rows: `${referring} r JOIN ${rowsOf(table.before)} t ON ${match} JOIN ${addedTable(table)} s ON ${addedMatch(table, 'before')}${others}`,
    why: `${referring} would be changed or deleted along with what the migration brought to ${table.before.name}`,
    loss: null,
  });
}
