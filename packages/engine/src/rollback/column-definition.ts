import type { CatalogObject } from '../catalog/model.ts';
import { Attributes } from './attributes.ts';
import { foreignOptions } from './foreign-options.ts';
import { sequenceOptions } from './kinds/sequence.ts';
import { columnName, ownNameOn } from './own-name.ts';
import type { Side } from './side.ts';

/** `name type …` as CREATE TABLE and ADD COLUMN take it. */
export function columnDefinition(column: CatalogObject, before: Side): string {
  const attributes = new Attributes(column);
  const collation = attributes.text('collation');
  const options = foreignOptions(`column ${column.name}`, attributes.list('foreignOptions'));
  return [
    columnName(column),
    attributes.text('type'),
    ...(options.clause === '' ? [] : [options.clause.trim()]),
    ...(collation === null ? [] : [`COLLATE ${collation}`]),
    ...valueClause(column, attributes, before),
    ...notNull(column, attributes, before),
  ].join(' ');
}

function valueClause(column: CatalogObject, attributes: Attributes, before: Side): string[] {
  const [value, generated] = [attributes.text('default'), attributes.text('generated')];
  if (generated !== null) {
    const kind = attributes.text('generatedKind') === 'v' ? 'VIRTUAL' : 'STORED';
    return [`GENERATED ALWAYS AS (${generated}) ${kind}`];
  }
  if (attributes.text('identity') !== null) return [identityClause(column, before)];
  return value === null ? [] : [`DEFAULT ${value}`];
}

/** `GENERATED … AS IDENTITY (…)` with the name and the options of its sequence. */
export function identityClause(column: CatalogObject, before: Side): string {
  const always = new Attributes(column).text('identity') === 'a';
  const [sequence] = before.children(column, 'sequence');
  const options =
    sequence === undefined
      ? ''
      : ` (SEQUENCE NAME ${sequence.name} ${sequenceOptions(new Attributes(sequence))})`;
  return `GENERATED ${always ? 'ALWAYS' : 'BY DEFAULT'} AS IDENTITY${options}`;
}

/** From PostgreSQL 18 on NOT NULL is a constraint, with a name. */
function notNull(column: CatalogObject, attributes: Attributes, before: Side): string[] {
  if (!attributes.is('notNull')) return [];
  const constraint = notNullOf(column, before);
  if (constraint === undefined) return before.snapshot.major < 18 ? ['NOT NULL'] : [];
  const options =
    new Attributes(constraint).text('definition')?.replace(/^NOT NULL (?:"(?:[^"]|"")*"|\S+)/, '') ?? '';
  // One that is not valid is only taken by ADD CONSTRAINT.
  return options.endsWith(' NOT VALID') ? [] : [`CONSTRAINT ${ownNameOn(constraint)} NOT NULL${options}`];
}

/** The NOT NULL constraint of a column, where it is an object (PostgreSQL 18). */
export function notNullOf(column: CatalogObject, side: Side): CatalogObject | undefined {
  const table = column.parent === null ? undefined : side.get(column.parent);
  if (table === undefined) return undefined;
  const wanted = `NOT NULL ${columnName(column)}`;
  return side.children(table, 'constraint').find((constraint) => {
    const definition = new Attributes(constraint).text('definition') ?? '';
    return definition === wanted || definition.startsWith(`${wanted} `);
  });
}

/** What can only be said of a column that is there: storage, compression, statistics and options. */
export function columnSettings(column: CatalogObject): string[] {
  const attributes = new Attributes(column);
  const alter = `ALTER TABLE ${column.table} ALTER COLUMN ${columnName(column)}`;
  const [storage, compression] = [attributes.text('storage'), attributes.text('compression')];
  const statistics = attributes.text('statistics');
  const options = attributes.list('options');
  return [
    ...(storage === null ? [] : [`${alter} SET STORAGE ${STORAGE[storage]}`]),
    ...(compression === null ? [] : [`${alter} SET COMPRESSION ${compressionName(compression)}`]),
    ...(statistics === null ? [] : [`${alter} SET STATISTICS ${statistics}`]),
    ...(options.length === 0 ? [] : [`${alter} SET (${options.join(', ')})`]),
  ];
}

/** `pg_attribute.attstorage` (PostgreSQL manual 65.2, "TOAST"). */
const STORAGE: Readonly<Record<string, string>> = {
  p: 'PLAIN',
  e: 'EXTERNAL',
  m: 'MAIN',
  x: 'EXTENDED',
};

/** Types of varying length that are stored as MAIN unless something else is said (`pg_type.typstorage`). */
const MAIN = /^(?:numeric|inet|cidr)\b(?!.*\[\])/;

/**
 * @param storage `null` for the type's own, which has a word from PostgreSQL 16 on
 * @param type as PostgreSQL prints it
 */
export function storageName(storage: string | null, type: string, major: number): string {
  if (storage !== null) return STORAGE[storage] ?? 'EXTENDED';
  if (major >= 16) return 'DEFAULT';
  return MAIN.test(type) ? 'MAIN' : 'EXTENDED';
}

/** `pg_attribute.attcompression`. */
export function compressionName(compression: string | null): string {
  return compression === 'p' ? 'pglz' : compression === 'l' ? 'lz4' : 'default';
}
