import { unquotedPart } from '../../sql/qualified-name.ts';
import type { Side, Sides } from '../side.ts';
import { references } from './references.ts';
import { namesIn } from './row-key.ts';
import type { ObservedLoss } from './stash-plan.ts';

/**
 * What foreign keys do to rows that refer to others which are lost: `ON DELETE` and `ON UPDATE` with `CASCADE`, `SET NULL` or `SET DEFAULT`,
 * and so on from those.
 * @param losses by the names of tables before the migration
 * @param sides foreign keys of both are looked at, since a script may add or drop one on its way
 * @returns the losses, and what follows from them
 */
export function followingLosses(losses: readonly ObservedLoss[], sides: Sides): ObservedLoss[] {
  const keys = foreignKeys(sides);
  const found = new Map(losses.map((loss) => [keyOf(loss), loss]));
  // What is added on the way is visited as well.
  for (const loss of found.values())
    for (const key of keys)
      for (const next of followedBy(loss, key)) if (!found.has(keyOf(next))) found.set(keyOf(next), next);
  return [...found.values()];
}

function keyOf({ table, column, what }: ObservedLoss): string {
  return JSON.stringify([table, column, what]);
}

/** Foreign keys before the migration and after it. */
export function foreignKeys({ before, after }: Sides): ForeignKey[] {
  return [...keysOf(before, before), ...keysOf(after, before)];
}

/** A foreign key, by the names before the migration. */
export interface ForeignKey {
  readonly table: string;
  readonly columns: readonly string[];
  readonly target: string;
  readonly targets: readonly string[];
  /** What stands behind the columns. */
  readonly actions: string;
}

function followedBy({ table, column, what }: ObservedLoss, key: ForeignKey): ObservedLoss[] {
  if (key.target !== table) return [];
  const changed = (columns: readonly string[]): ObservedLoss[] =>
    columns.map((name) => ({ table: key.table, column: name, what: 'values-changed' }));
  if (what === 'rows-gone') {
    const [, action, list] = DELETED.exec(key.actions) ?? [];
    if (action === 'CASCADE') return [{ table: key.table, column: null, what }];
    return action === undefined ? [] : changed(list === undefined ? key.columns : plainNames(list));
  }
  const isChanged = what === 'values-changed' && column !== null && key.targets.includes(column);
  return isChanged && UPDATED.test(key.actions) ? changed(key.columns) : [];
}

const DELETED = / ON DELETE (CASCADE|SET NULL|SET DEFAULT)(?: \(([^)]*)\))?/;
const UPDATED = / ON UPDATE (?:CASCADE|SET NULL|SET DEFAULT)/;

function keysOf(side: Side, before: Side): ForeignKey[] {
  const named = (name: string) => {
    const table = side.get(`table ${name}`);
    return (table === undefined ? undefined : before.byIdentity(table.identity))?.name;
  };
  return side.ofKind('constraint').flatMap((constraint) => {
    const found = references(constraint);
    const [table, target] = [named(constraint.table ?? ''), named(found?.target ?? '')];
    if (found === null || table === undefined || target === undefined) return [];
    const [columns, targets] = [found.columns, found.targets].map((names) => names.map(unquotedPart));
    return { table, columns: columns ?? [], target, targets: targets ?? [], actions: found.actions };
  });
}

function plainNames(list: string): string[] {
  return namesIn(list).map(unquotedPart);
}
