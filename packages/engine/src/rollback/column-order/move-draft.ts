import { attributesOf, type CatalogObject } from '../../catalog/model.ts';
import { withSuffix } from '../../sql/clip-name.ts';
import { partsOfName } from '../../sql/qualified-name.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { Attributes } from '../attributes.ts';
import { columnDefinition, columnSettings, identityClause, notNullOf } from '../column-definition.ts';
import { type Draft, guardedTogether } from '../draft.ts';
import { columnsInOrder } from '../guards.ts';
import { columnName, ownNameOn } from '../own-name.ts';
import type { Side } from '../side.ts';
import type { ColumnMove } from './column-move.ts';

/** What has to be known of columns that are moved. */
export interface MovedColumns {
  readonly before: Side;
  /** Whether a column or a sequence is there all the time; columns take their values along. */
  readonly stays: (object: CatalogObject) => boolean;
  /** The column as it can be added to a table that holds rows. */
  readonly made: (column: CatalogObject) => CatalogObject;
}

/** The condition that columns are still to be moved; a number that is not there makes it true. */
export function outOfOrder({ table, witness: [first, second] }: ColumnMove): string {
  return `(${columnsInOrder(table.name, columnName(first), columnName(second))}) IS NOT TRUE`;
}

/**
 * Adds columns anew in their order, each with the values of the one that it takes the place of. `GENERATED … STORED` and DROP
 * EXPRESSION hand the values over: the table is rewritten as by any new type, without triggers, row-level security and dead
 * rows that an UPDATE would leave, and domains and NOT NULL hold from the first row on.
 */
export function moveDraft(move: ColumnMove, given: MovedColumns): Draft {
  const { table } = move;
  const { before, stays } = given;
  const moved = move.columns.filter((column) => stays(column) && !isComputed(column));
  const alter = `ALTER TABLE ${table.name}`;
  const sequences = moved.flatMap((column) =>
    before.children(column, 'sequence').map((sequence) => ({ column, sequence })),
  );
  const identities = sequences.filter(({ sequence }) => isOfIdentity(sequence));
  return guardedTogether(outOfOrder(move), [
    ...moved.flatMap((column) => setAside(column, alter, given)),
    ...identities.map(
      ({ sequence }) => `ALTER SEQUENCE ${sequence.name} RENAME TO ${asideSequence(sequence).own}`,
    ),
    ...runsOf(move.columns).flatMap((run) => added(run, alter, given)),
    ...identities.flatMap(({ column, sequence }) => numbered(column, sequence, { alter, before })),
    ...sequences
      .filter(({ sequence }) => !isOfIdentity(sequence) && stays(sequence))
      .map(({ column, sequence }) => `ALTER SEQUENCE ${sequence.name} OWNED BY ${column.name}`),
    ...released(moved, alter),
    ...move.columns.flatMap(columnSettings),
    ...(moved.length === 0 ? [] : [`ANALYZE ${table.name} (${moved.map(columnName).join(', ')})`]),
  ]);
}

/** The name of a NOT NULL constraint (PostgreSQL 18) is wanted by that of the new column. */
function setAside(column: CatalogObject, alter: string, { before, made }: MovedColumns): string[] {
  const constraint = new Attributes(made(column)).is('notNull') ? notNullOf(column, before) : undefined;
  const name = constraint === undefined ? '' : ownNameOn(constraint);
  return [
    `${alter} RENAME COLUMN ${columnName(column)} TO ${aside(column)}`,
    ...(constraint === undefined ? [] : [`${alter} RENAME CONSTRAINT ${name} TO ${movedName(name, column)}`]),
  ];
}

function released(moved: readonly CatalogObject[], alter: string): string[] {
  return altered(
    alter,
    moved.map((column) => `DROP COLUMN ${aside(column)}`),
  );
}

/** One ALTER TABLE for all, a line for each. */
function altered(alter: string, parts: readonly string[]): string[] {
  return parts.length === 0 ? [] : [`${alter}\n      ${parts.join(',\n      ')}`];
}

/** Columns in a row that are computed, or are not: an expression can only be over columns that are there and are not computed. */
function runsOf(columns: readonly CatalogObject[]): CatalogObject[][] {
  const runs: CatalogObject[][] = [];
  for (const column of columns) {
    const last = runs.at(-1);
    if (last?.[0] !== undefined && isComputed(last[0]) === isComputed(column)) last.push(column);
    else runs.push([column]);
  }
  return runs;
}

function added(
  run: readonly CatalogObject[],
  alter: string,
  { before, stays, made }: MovedColumns,
): string[] {
  const takesValues = (column: CatalogObject) => stays(column) && !isComputed(column);
  const definitions = run.map((column) => {
    const object = made(column);
    return `ADD COLUMN ${columnDefinition(takesValues(column) ? withValuesOf(object) : object, before)}`;
  });
  const settled = run
    .filter(takesValues)
    .map((column) => `ALTER COLUMN ${columnName(column)} DROP EXPRESSION`);
  return [...altered(alter, definitions), ...altered(alter, settled)];
}

/** The column as one that is computed from that whose values it takes. */
function withValuesOf(column: CatalogObject): CatalogObject {
  const from = { generated: aside(column), generatedKind: 's', default: null, identity: null };
  return { ...column, attributes: JSON.stringify({ ...attributesOf(column), ...from }) };
}

function numbered(
  column: CatalogObject,
  sequence: CatalogObject,
  { alter, before }: { alter: string; before: Side },
): string[] {
  const name = quoteLiteral(sequence.name).trim();
  return [
    `${alter} ALTER COLUMN ${columnName(column)} ADD ${identityClause(column, before)}`,
    `PERFORM setval(${name}, last_value, is_called) FROM ${asideSequence(sequence).full}`,
  ];
}

export function isOfIdentity(sequence: CatalogObject): boolean {
  return new Attributes(sequence).text('ownership') === 'i';
}

function isComputed(column: CatalogObject): boolean {
  return new Attributes(column).text('generated') !== null;
}

/** With its number, since long names that begin alike would be cut off to the same. */
function aside(column: CatalogObject): string {
  return movedName(columnName(column), column);
}

function movedName(name: string, { position }: CatalogObject): string {
  return withSuffix(name, `__moved_${position ?? 0}`);
}

function asideSequence({ name }: CatalogObject): { own: string; full: string } {
  const [schema = '', own = ''] = partsOfName(name);
  const renamed = withSuffix(own, '__moved');
  return { own: renamed, full: `${schema}.${renamed}` };
}
