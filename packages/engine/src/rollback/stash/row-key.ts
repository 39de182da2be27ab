import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import { counterpart } from '../counterpart.ts';
import { columnName } from '../own-name.ts';
import type { Side, Sides } from '../side.ts';
import type { StashedTable } from './stash-plan.ts';

/** What is known of a table whose rows are to be told apart. */
interface Told {
  readonly sides: Sides;
  readonly rowsGo: boolean;
  readonly rowsCome: boolean;
  readonly isSeenChanged: (column: CatalogObject) => boolean;
}

/** By what rows are told apart; `null` where nothing does. */
export function toldApart(table: CatalogObject, now: CatalogObject, told: Told) {
  const { sides, rowsGo, rowsCome, isSeenChanged } = told;
  const former = keyOf(table, sides);
  const later = former === null && !rowsGo ? laterKeyOf(table, now, sides) : null;
  const isRewritten = (pair: StashedTable['key'][number]) =>
    isSeenChanged(pair.before) || mayReadOtherwise(pair);
  // A key that is rewritten before it is made need not have told rows apart.
  const key = former ?? (later?.some(isRewritten) === true ? null : later);
  if (key === null) return null;
  // Under another key a row is gone, and another one has come.
  const isRekeyed = key.some(isRewritten);
  if ((rowsCome || isRekeyed) && !isKeyAfterwards(key, now, sides.after)) return null;
  return { key, isLaterKey: former === null, isRekeyed };
}

/** Columns of the primary key, else of a unique constraint or index over columns that are never NULL; they have to be there afterwards. */
function keyOf(table: CatalogObject, { before, after }: Sides): StashedTable['key'] | null {
  return keyOn(table, before, (column) => {
    const now = counterpart(column, { before, after });
    return now === null ? null : { before: column, after: now };
  });
}

/**
 * The same of a key that only the migration makes. Where no row goes it told rows apart before as well, or it could not have been
 * made.
 */
function laterKeyOf(
  table: CatalogObject,
  now: CatalogObject,
  { before, after }: Sides,
): StashedTable['key'] | null {
  const columns = before.children(table, 'column');
  return keyOn(now, after, (column) => {
    const was = columns.find((one) => counterpart(one, { before, after })?.key === column.key);
    return was === undefined ? null : { before: was, after: column };
  });
}

type KeyPair = StashedTable['key'][number];

function keyOn(
  table: CatalogObject,
  side: Side,
  pairOf: (column: CatalogObject) => KeyPair | null,
): readonly KeyPair[] | null {
  const columns = new Map(side.children(table, 'column').map((column) => [columnName(column), column]));
  for (const candidate of candidatesOn(table, side)) {
    const pairs = candidate.names.map((name) => {
      const column = columns.get(name);
      return column !== undefined && new Attributes(column).is('notNull') ? pairOf(column) : null;
    });
    if (pairs.length > 0 && pairs.every((pair) => pair !== null)) return pairs;
  }
  return null;
}

/** Whether no two rows can have the same key after the migration: new rows and new keys might else be taken for old ones. */
function isKeyAfterwards(key: StashedTable['key'], now: CatalogObject, after: Side): boolean {
  const names = key.map((pair) => columnName(pair.after));
  return candidatesOn(now, after).some((candidate) => candidate.names.every((name) => names.includes(name)));
}

/** What rows could be told apart by; a primary key first. */
function candidatesOn(table: CatalogObject, side: Side): Candidate[] {
  const definitionOf = (object: CatalogObject) => new Attributes(object).text('definition') ?? '';
  return [
    ...onTable(table, 'constraint', side).flatMap((object) => keyColumns(definitionOf(object)) ?? []),
    ...onTable(table, 'index', side).flatMap((object) => indexColumns(definitionOf(object)) ?? []),
  ].toSorted((a, b) => Number(b.isPrimary) - Number(a.isPrimary));
}

interface Candidate {
  readonly isPrimary: boolean;
  readonly names: readonly string[];
}

function keyColumns(definition: string): Candidate | null {
  const found = /^(PRIMARY KEY|UNIQUE)(?: NULLS NOT DISTINCT)? \(([^)]*)\)/.exec(definition);
  return found === null ? null : { isPrimary: found[1] === 'PRIMARY KEY', names: namesIn(found[2] ?? '') };
}

function indexColumns(definition: string): Candidate | null {
  const found = /^CREATE UNIQUE INDEX .* USING btree \((.*)\)$/.exec(definition.replace(INCLUDED, ''));
  if (found === null) return null;
  const list = (found[1] ?? '').replace(IN_ANY_CASE, '$1$2');
  return list.includes('(') ? null : { isPrimary: false, names: namesIn(list) };
}

const INCLUDED = / INCLUDE \([^)]*\)$/;

/** Values that differ in any case differ as they are written. */
const IN_ANY_CASE = /\b(?:lower|upper)\((?:\(("(?:[^"]|"")*"|\w+)\)::text|("(?:[^"]|"")*"|\w+))\)/g;

/** Names of a list of columns, as PostgreSQL prints them. */
export function namesIn(list: string): string[] {
  return list.match(/"(?:[^"]|"")*"|[^\s,]+/g) ?? [];
}

/**
 * Whether a row may be told apart by another text after the migration: its column was made anew, or has a type that prints values otherwise
 * (`01` as an integer is `1`).
 */
function mayReadOtherwise({ before, after }: StashedTable['key'][number]): boolean {
  if (after.identity !== before.identity) return true;
  const [was = '', is = ''] = [before, after].map((column) => new Attributes(column).text('type') ?? '');
  return was !== is && !TEXT.test(is) && !(INTEGER.test(was) && INTEGER.test(is));
}

const TEXT = /^(?:text|character varying)/;
const INTEGER = /^(?:smallint|integer|bigint)$/;

/** What is on a table, also what a partition has since its parent has it. */
function onTable({ name }: CatalogObject, kind: 'constraint' | 'index', side: Side): CatalogObject[] {
  return side.onTable(name).filter(({ traits }) => traits.kind === kind);
}
