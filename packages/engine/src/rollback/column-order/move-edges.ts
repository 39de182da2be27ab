import { type Action, idOf } from '../action.ts';
import { orderPart, type Part, type Side, type Sides } from '../side.ts';

/** Finds the steps by which something is taken away or made. */
interface StepsOf {
  drop(part: Part): string | null;
  create(part: Part): string | null;
}

type Edge = readonly [string, string];

/** What stands on columns that are moved, and columns that go, are gone before; what columns are changed to is there before. */
export function moveEdges(
  actions: ReadonlyMap<string, Action>,
  steps: StepsOf,
  { before, after }: Sides,
): Edge[] {
  return [...actions].flatMap(([id, { verb, part, object: table }]) => {
    if (verb !== 'create' || part !== orderPart(table)) return [];
    const gone = goneBefore(table.key, steps, after).map((first): Edge => [first, id]);
    const changed = before.children(table, 'column').flatMap(({ key }) =>
      before.needs(key).flatMap((need): Edge[] => {
        const first = steps.create(need.part);
        return first === null ? [] : [[first, idOf('alter', key)]];
      }),
    );
    return [...gone, ...changed.filter(([first, then]) => first !== id && actions.has(then))];
  });
}

function goneBefore(table: string, steps: StepsOf, after: Side): string[] {
  const object = after.get(table);
  const columns = object === undefined ? [] : after.children(object, 'column');
  const held = [...columns, ...columns.flatMap((column) => after.children(column, 'sequence'))];
  return [
    ...held.flatMap(({ key }) => after.dependents(key).map((need) => steps.drop(need.part))),
    ...columns.map(({ key }) => steps.drop(key)),
  ].filter((step) => step !== null);
}
