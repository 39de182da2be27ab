import { COLUMNS } from './operations/columns.ts';
import { CONSTRAINTS } from './operations/constraints.ts';
import { MAKING } from './operations/making.ts';
import { OBJECTS } from './operations/objects.ts';
import type { Operation } from './operations/operation.ts';
import { ROWS } from './operations/rows.ts';
import { TYPES_AND_PARTS } from './operations/types.ts';

/** By name, what a schema is built of. */
export const BUILDING: Readonly<Record<string, Operation>> = {
  ...MAKING,
  ...pickedOf(COLUMNS, ['add column', 'add generated column', 'set not null', 'set storage']),
  ...pickedOf(CONSTRAINTS, ['add check', 'add unique', 'add foreign key', 'create index']),
  ...pickedOf(OBJECTS, ['comment', 'grant', 'change table']),
  ...pickedOf(TYPES_AND_PARTS, ['own sequence']),
};

/** By name, what a migration does. */
export const CHANGING: Readonly<Record<string, Operation>> = {
  ...MAKING,
  ...COLUMNS,
  ...CONSTRAINTS,
  ...OBJECTS,
  ...TYPES_AND_PARTS,
  ...ROWS,
};

/** By name, what an application does. */
export const WRITING: Readonly<Record<string, Operation>> = pickedOf(ROWS, [
  'insert',
  'update',
  'update from itself',
  'delete',
]);

function pickedOf(
  all: Readonly<Record<string, Operation>>,
  names: readonly string[],
): Record<string, Operation> {
  return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
}
