import type { CatalogObject } from '../../catalog/model.ts';
import { type Alteration, Attributes } from '../attributes.ts';
import { type AlterationDraft, MAKE_ANEW, statements } from '../draft.ts';
import { named, renamed } from '../kind-defaults.ts';
import { changedOptions, withOptions } from '../options.ts';
import { columnName } from '../own-name.ts';
import type { Side } from '../side.ts';

/** CREATE OR REPLACE VIEW; columns can be added at the end by it, and nothing else of them changed. */
export const view = named('VIEW', {
  grantedOn: ({ name }) => `TABLE ${name}`,
  create: (object, before) =>
    statements(creation(object, before), ...defaults(object, before.children(object, 'column'))),
  alter: (change, before, after) => alterView(change, before, after),
  rename: ({ name }, to) => renamed(`ALTER VIEW IF EXISTS ${name}`, to),
});

function creation(object: CatalogObject, before: Side): string {
  const attributes = new Attributes(object);
  const columns = before.children(object, 'column').map(columnName).join(', ');
  const query = queryOf(attributes.text('definition') ?? '');
  return `CREATE OR REPLACE VIEW ${object.name} (${columns})${withOptions(attributes.list('options'))} AS\n${query}`;
}

/** The same columns with no row in them, for as long as what the query asks is not there: a function that gives rows of the view. */
export function withoutQuery(object: CatalogObject, side: Side): string {
  const values = side.children(object, 'column').map((column) => {
    const attributes = new Attributes(column);
    const collation = attributes.text('collation');
    const collate = collation === null ? '' : ` COLLATE ${collation}`;
    return `NULL::${attributes.text('type')}${collate} AS ${columnName(column)}`;
  });
  return `CREATE OR REPLACE VIEW ${object.name} AS\nSELECT ${values.join(', ')} WHERE false`;
}

/** As PostgreSQL prints it: with a semicolon, and blanks before. */
export function queryOf(definition: string): string {
  return definition.replace(/;\s*$/, '');
}

function defaults(object: CatalogObject, columns: readonly CatalogObject[]): string[] {
  return columns.flatMap((column) => {
    const value = new Attributes(column).text('default');
    return value === null
      ? []
      : [`ALTER VIEW ${object.name} ALTER COLUMN ${columnName(column)} SET DEFAULT ${value}`];
  });
}

function alterView(change: Alteration, before: Side, after: Side): AlterationDraft {
  const { before: wanted, after: present } = change;
  if (!change.differs('definition'))
    return statements(
      ...changedOptions(`ALTER VIEW ${wanted.name}`, change.was.list('options'), change.is.list('options')),
    );
  const [was, is] = [before.children(wanted, 'column'), after.children(present, 'column')];
  const isPrefix = is.every((column, place) => sameColumn(column, was[place]));
  if (!isPrefix) return MAKE_ANEW;
  const added = was.slice(is.length);
  return statements(creation(wanted, before), ...defaults(wanted, added));
}

function sameColumn(column: CatalogObject, other: CatalogObject | undefined): boolean {
  if (other === undefined || column.name !== other.name) return false;
  const [a, b] = [new Attributes(column), new Attributes(other)];
  return a.same('type', b) && a.same('collation', b);
}
