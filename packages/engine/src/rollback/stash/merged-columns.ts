import type { CatalogObject } from '../../catalog/model.ts';
import { lastName, visit } from '../../data/parsed-nodes.ts';
import { counterpart } from '../counterpart.ts';
import type { HandingOn } from '../filling/handed-on.ts';
import { calledThrough, namesFrom } from '../filling/script-names.ts';
import { meet } from '../filling/sources.ts';
import { columnName } from '../own-name.ts';
import type { Sides } from '../side.ts';

/**
 * Finds the columns that stay and into which a migration put what it drops: what an application writes to them since stays where it is,
 * and is in nothing that comes back.
 * @returns what there is to say of them
 */
export function mergedColumns(handingOn: HandingOn, { before, after }: Sides): string[] {
  if (handingOn.isIdle) return [];
  const columns = before.ofKind('table').flatMap((table) => before.children(table, 'column'));
  const gone = columns
    .filter((column) => counterpart(column, { before, after }) === null)
    .map((column) => ({ column, ...calledThrough(namesFrom(column, handingOn.statements)) }));
  if (gone.length === 0) return [];
  const staying = columns.filter(({ identity }) => after.byIdentity(identity) !== undefined);
  return staying.flatMap((column) => {
    const given = handingOn
      .setting(column)
      .filter(({ filling }) => filling.assignment.does === 'sets-values');
    const from = gone.filter(({ tables: names, columns: called }) =>
      given.some(
        ({ filling, given: value }) =>
          value.kind === 'expression' &&
          meet(filling.relations, names) &&
          isOver(value.node, called ?? new Set()),
      ),
    );
    return from.length === 0
      ? []
      : [
          told(
            column,
            from.map((one) => one.column),
          ),
        ];
  });
}

function isOver(node: unknown, names: ReadonlySet<string>): boolean {
  let isNamed = false;
  visit(node, (one) => {
    const name = lastName(one);
    isNamed ||= name !== null && names.has(name);
  });
  return isNamed;
}

function told(column: CatalogObject, gone: readonly CatalogObject[]): string {
  const names = gone.map((one) => `${columnName(one)} of ${one.table}`).join(', ');
  return `${names} would be as before the migration: what an application writes since to ${columnName(column)} of ${column.table}, into which it was put, stays there`;
}
