import type { CatalogObject } from '../../catalog/model.ts';
import { clipped } from '../../sql/clip-name.ts';
import { unquotedPart } from '../../sql/qualified-name.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { Attributes } from '../attributes.ts';
import { columnName } from '../own-name.ts';
import type { StashedColumn, StashedTable } from './stash-plan.ts';

/** In a stash, beside the columns of the table: whether the row was there no more after the migration. */
export const goneColumn = '"pivotal_flow gone"';

/** A column of the stash that says something of a column of the table. */
export function stashColumn({ before }: StashedColumn, what: 'written' | 'touched'): string {
  return quoteIdentifier(clipped(unquotedPart(columnName(before)), ` ${what}`));
}

/** The value that the migration wrote. */
export function newColumn(column: StashedColumn): string {
  return stashColumn(column, 'written');
}

/** Whether a column has the type that it had, or the one in its place. */
export function hasItsType({ before, after }: StashedColumn): boolean {
  return after !== null && new Attributes(before).same('type', new Attributes(after));
}

/**
 * Whether a column of another type holds every value of the type that it had, so that old values can come back before it gets that
 * type again: others may be in the way of it.
 */
export function holdsOldValues({ before, after }: StashedColumn): boolean {
  if (after === null || after.identity !== before.identity) return false;
  const [was, is] = [before, after].map((column) => new Attributes(column).text('type') ?? '');
  if (was === undefined || is === undefined || was === is) return false;
  return OF_ANY_LENGTH.has(is) || (WIDER[was.replace(/\(.*\)$/, '')] ?? []).includes(is);
}

/** Types that take every text. */
export const OF_ANY_LENGTH: ReadonlySet<string> = new Set(['text', 'character varying']);

/** By type, without its modifiers, what holds each of its values and gives it back unchanged. */
const WIDER: Readonly<Record<string, readonly string[]>> = {
  smallint: ['integer', 'bigint', 'numeric', 'real', 'double precision'],
  integer: ['bigint', 'numeric', 'double precision'],
  bigint: ['numeric'],
  numeric: ['numeric'],
  real: ['double precision'],
};

/** The value that the migration gave to a column which it made. */
export function filledColumn(column: CatalogObject): string {
  return quoteIdentifier(clipped(unquotedPart(columnName(column)), ' filled'));
}

/** Whether a value is another one than it was; compared as text, which is exact where equality is not. */
export function isOther(now: string, was: string): string {
  return `${now}::text COLLATE "C" IS DISTINCT FROM ${was}::text COLLATE "C"`;
}

/** The opposite. */
export function isNoOther(now: string, was: string): string {
  return `${now}::text COLLATE "C" IS NOT DISTINCT FROM ${was}::text COLLATE "C"`;
}

/**
 * Whether newer values of a column are lost where somebody accepts it: nobody knows what they would have been, and its type of before
 * may refuse them.
 */
export function isGivenUp({ oneWay, emptied }: StashedTable, column: StashedColumn): boolean {
  return oneWay.includes(column) && emptied.includes(column);
}

/** Whether also rows are kept in which nothing changed: one that is not among them was written since. */
export function keepsEveryRow({ filled, oneWay }: StashedTable): boolean {
  return filled.length + oneWay.length > 0;
}

/** The table that holds rows which the migration brought. */
export function addedTable({ stash }: StashedTable): string {
  const [schema = '', name = ''] = stash.split(/\.(?=")/);
  return `${schema}.${quoteIdentifier(clipped(unquotedPart(name), ' added'))}`;
}

/**
 * Values of types that people made are kept as text: the stash must not hold on to a type that a later migration or a rollback takes away.
 * PostgreSQL prints such types with their schema.
 */
export function isKeptAsText(column: CatalogObject): boolean {
  return new Attributes(column).text('type')?.includes('.') === true;
}

/** A table as the source or target of its own rows: those of tables that inherit from it are theirs. */
export function rowsOf(table: CatalogObject): string {
  return new Attributes(table).text('partitionKey') === null ? `ONLY ${table.name}` : table.name;
}

/** The value of a column as it is kept. */
export function kept(column: CatalogObject, alias = ''): string {
  const name = alias + columnName(column);
  return isKeptAsText(column) ? `${name}::text` : name;
}

/** The same as an item of a SELECT list whose result is a table of the stash. */
export function keptUnderItsName(column: CatalogObject): string {
  return underItsName(column, kept(column));
}

/**
 * The same of a row that is kept to be compared as a whole (`ROW(t.*)::text`): in the words in which a type is printed, which are
 * not those of its cast to text (`t` for a domain over boolean, `true`).
 */
export function printedUnderItsName(column: CatalogObject, alias: string): string {
  const name = alias + columnName(column);
  return underItsName(
    column,
    isKeptAsText(column)
      ? `CASE WHEN ${name} IS NOT DISTINCT FROM NULL THEN NULL ELSE ${printed(name)} END`
      : name,
  );
}

function printed(name: string): string {
  return `format('%s', ${name})`;
}

/** Without the collation of its own that a column or its type may have. */
function underItsName(column: CatalogObject, value: string): string {
  const isOwn = isKeptAsText(column) || new Attributes(column).text('collation')?.includes('.') === true;
  const name = columnName(column);
  return isOwn
    ? `(${value}) COLLATE "default" AS ${name}`
    : value.endsWith(`.${name}`) || value === name
      ? value
      : `${value} AS ${name}`;
}

/** The value of a column of the stash, as the table wants it. */
export function restored(column: CatalogObject, alias = ''): string {
  const name = alias + columnName(column);
  return isKeptAsText(column) ? `${name}::${new Attributes(column).text('type')}` : name;
}

/**
 * The condition that a row `s` of the stash and a row `t` of the table are the same; compared as text where the migration
 * gave the key another type.
 * @param when whether the table is as before or after the migration, or has its names back and not yet its types
 */
export function keyMatch({ key }: StashedTable, when: 'before' | 'after' | 'named-back'): string {
  return key
    .map((pair) => {
      const named = when === 'after' ? pair.after : pair.before;
      const typed = when === 'before' ? pair.before : pair.after;
      const [held, present] = [columnName(pair.before), columnName(named)];
      const isSame = new Attributes(pair.before).text('type') === new Attributes(typed).text('type');
      return isSame && !isKeptAsText(pair.before)
        ? `s.${held} = t.${present}`
        : `s.${held}::text = t.${present}::text`;
    })
    .join(' AND ');
}

/** The same for a row `s` that the migration brought, whose columns are those after it. */
export function addedMatch({ key }: StashedTable, when: 'before' | 'after', row = 't'): string {
  return key
    .map(({ [when]: present, after }) => {
      const [was, is] = [`s.${columnName(after)}`, `${row}.${columnName(present)}`];
      return isKeptAsText(after) ? `${was} = ${printed(is)}` : `${was}::text = ${is}::text`;
    })
    .join(' AND ');
}
