import type { CatalogObject } from '../../catalog/model.ts';
import { countOf, fromWhere } from '../../sql/refused-rows.ts';
import { Attributes } from '../attributes.ts';
import type { Side, Sides } from '../side.ts';
import type { Watched } from '../stash/coming-back.ts';
import { HELD } from '../stash/held.ts';
import type { StashedTable, StashPlan } from '../stash/stash-plan.ts';
import { intoStanding, type Refusal } from './refusal.ts';

/** What is known where rows come back. */
export interface RestoringGiven {
  readonly sides: Sides;
  readonly stash: StashPlan;
}

/** A constraint or index that rows and values which come back have to meet. */
export interface Watcher extends RestoringGiven {
  readonly object: CatalogObject;
  readonly definition: string;
  readonly watched: Watched;
}

/** Whether it is a constraint or an index that was not changed. One that is only in the way is put back, and refuses the same. */
export function isUnchanged(object: CatalogObject, { before, after }: Sides): boolean {
  const { kind } = object.traits;
  if (kind !== 'constraint' && kind !== 'index') return false;
  if (isCloneForPartition(object, before)) return false;
  const [was, is] = [before.get(object.key), after.get(object.key)];
  return was !== undefined && is !== undefined && definitionOf(was) === definitionOf(is);
}

/** A foreign key to a partitioned table has one to each partition beside it, which no row of the others has to meet (`pg_constraint.conparentid`). */
function isCloneForPartition({ parent, table }: CatalogObject, before: Side): boolean {
  const whole = parent === null ? undefined : before.get(parent);
  return whole?.traits.kind === 'constraint' && whole.table === table;
}

/** As PostgreSQL prints it. */
export function definitionOf(object: CatalogObject): string {
  return new Attributes(object).text('definition') ?? '';
}

/** The columns of a table that a constraint or an index needs. */
export function columnsOf({ key }: CatalogObject, table: CatalogObject, before: Side): CatalogObject[] {
  const needed = new Set(before.needs(key).map(({ part }) => part));
  return before.children(table, 'column').filter((column) => needed.has(column.key));
}

/** What is set aside of a table that is there all the time. */
export function stashOf({ key }: CatalogObject, { tables }: StashPlan): StashedTable | undefined {
  return tables.find(({ before, after }) => before.key === key && after !== null);
}

/** Such rows, asked for where there is a stash. */
export function restoringRefusal(
  { object, watched: { table, columns }, sides: { before } }: Pick<Watcher, 'object' | 'watched' | 'sides'>,
  rows: { readonly columns: string; readonly from: string; readonly where: string; readonly what: string },
): Refusal {
  const needed = before.needs(object.key).flatMap(({ part }) => before.objectOf(part) ?? []);
  const others = needed.filter(({ traits }) => traits.kind !== 'constraint' && traits.kind !== 'index');
  const read = [...table.key.map((pair) => pair.before), ...columns, ...others];
  return {
    onlyIf: HELD,
    locks: new Map([[table.before.name, 'SHARE ROW EXCLUSIVE']]),
    reads: [...new Set(read.map(({ key }) => key))],
    count: [intoStanding(countOf(rows.from, rows.where))],
    what: rows.what,
    list: `SELECT ${rows.columns} ${fromWhere(rows.from, rows.where)}`,
    isOneByOne: false,
    mayStay: false,
  };
}
