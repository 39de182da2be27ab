import type { CatalogObject } from '../../catalog/model.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { Attributes } from '../attributes.ts';
import { columnDefinition, columnSettings } from '../column-definition.ts';
import { type Draft, inOrder, MAKE_ANEW, statements, unwritten } from '../draft.ts';
import { changedForeignOptions, foreignOptions, optionHeld } from '../foreign-options.ts';
import { named, renamed } from '../kind-defaults.ts';
import type { Side } from '../side.ts';

/** CREATE FOREIGN TABLE. It holds no rows of its own, so that it can be made anew. */
export const foreignTable = named('FOREIGN TABLE', {
  grantedOn: ({ name }) => `TABLE ${name}`,
  create: (object, before) => {
    const attributes = new Attributes(object);
    const options = foreignOptions(`foreign table ${object.name}`, attributes.list('options'));
    const columns = before.children(object, 'column');
    const server = quoteIdentifier(attributes.text('server') ?? '');
    return inOrder(
      statements(
        `CREATE FOREIGN TABLE IF NOT EXISTS ${object.name}${body(object, attributes, before)} SERVER ${server}${options.clause}`,
        ...columns.flatMap(columnSettings).map((text) => text.replace(/^ALTER TABLE/, 'ALTER FOREIGN TABLE')),
        ...rowSecurity(object, attributes),
      ),
      unwritten(...options.leftovers, ...columns.flatMap(secretsOf)),
    );
  },
  alter: (change) => {
    if (!change.changed.every((name) => name === 'options' || isOfAnyObject(name))) return MAKE_ANEW;
    const { name } = change.before;
    return changedForeignOptions(
      `foreign table ${name}`,
      `ALTER FOREIGN TABLE ${name}`,
      { wanted: change.was.list('options'), present: change.is.list('options') },
      optionHeld(['pg_foreign_table', 'ftoptions'], `ftrelid = to_regclass(${quoteLiteral(name)})`),
    );
  },
  rename: ({ name }, to) => renamed(`ALTER FOREIGN TABLE IF EXISTS ${name}`, to),
});

function isOfAnyObject(name: string): boolean {
  return name === 'owner' || name === 'privileges' || name === 'comment';
}

function body(object: CatalogObject, attributes: Attributes, before: Side): string {
  const [parent] = attributes.list('parents');
  const bound = attributes.text('partitionBound');
  if (bound !== null && parent !== undefined) return ` PARTITION OF ${parent} ${bound}`;
  const columns = before
    .children(object, 'column')
    .filter((column) => new Attributes(column).text('local') === null)
    .map((column) => `\n  ${columnDefinition(column, before)}`);
  const parents = attributes.list('parents');
  return ` (${columns.join(',')}\n)${parents.length === 0 ? '' : ` INHERITS (${parents.join(', ')})`}`;
}

function rowSecurity({ name }: CatalogObject, attributes: Attributes): string[] {
  return [
    ...(attributes.is('rowSecurity') ? [`ALTER TABLE ${name} ENABLE ROW LEVEL SECURITY`] : []),
    ...(attributes.is('forceRowSecurity') ? [`ALTER TABLE ${name} FORCE ROW LEVEL SECURITY`] : []),
  ];
}

function secretsOf(column: CatalogObject): readonly string[] {
  return foreignOptions(`column ${column.name}`, new Attributes(column).list('foreignOptions')).leftovers;
}

/** Options of one column, from those that it has. */
export function changedColumnOptions(
  column: CatalogObject,
  name: string,
  options: { readonly wanted: readonly string[]; readonly present: readonly string[] },
): Draft {
  const row = `attrelid = to_regclass(${quoteLiteral(column.table ?? '')}) AND quote_ident(attname) = ${quoteLiteral(name)}`;
  return changedForeignOptions(
    `column ${column.name}`,
    `ALTER FOREIGN TABLE ${column.table} ALTER COLUMN ${name}`,
    options,
    optionHeld(['pg_attribute', 'attfdwoptions'], row),
  );
}
