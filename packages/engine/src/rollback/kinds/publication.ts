import type { Json } from '../../catalog/model.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { Attributes } from '../attributes.ts';
import { type AlterationDraft, guarded, MAKE_ANEW, statements } from '../draft.ts';
import { not, publicationExists } from '../guards.ts';
import { named } from '../kind-defaults.ts';

/** CREATE and ALTER PUBLICATION. */
export const publication = named('PUBLICATION', {
  create: (object) => {
    const attributes = new Attributes(object);
    const members = attributes.is('allTables') ? ' FOR ALL TABLES' : listed(' FOR ', membersOf(attributes));
    const text = `CREATE PUBLICATION ${object.name}${members} WITH (${settings(attributes)})`;
    return guarded(not(publicationExists(object.name)), text);
  },
  alter: (change): AlterationDraft => {
    if (change.differs('allTables')) return MAKE_ANEW;
    const { before, was } = change;
    const members = membersOf(was);
    if (change.differs('tables', 'schemas') && members.length === 0) return MAKE_ANEW;
    const options = ['insert', 'update', 'delete', 'truncate', 'viaRoot', 'generatedColumns'];
    return statements(
      ...(change.differs('tables', 'schemas')
        ? [`ALTER PUBLICATION ${before.name} SET ${members.join(', ')}`]
        : []),
      ...(change.differs(...options) ? [`ALTER PUBLICATION ${before.name} SET (${settings(was)})`] : []),
    );
  },
});

function listed(start: string, members: readonly string[]): string {
  return members.length === 0 ? '' : start + members.join(', ');
}

function membersOf(attributes: Attributes): string[] {
  return [
    ...attributes.records('tables').map(memberOf),
    ...attributes.list('schemas').map((schema) => `TABLES IN SCHEMA ${quoteIdentifier(schema)}`),
  ];
}

function memberOf({ table, columns, where }: Readonly<Record<string, Json>>): string {
  const list = Array.isArray(columns)
    ? ` (${columns.map((column) => quoteIdentifier(String(column))).join(', ')})`
    : '';
  const condition = where === undefined || where === null ? '' : ` WHERE (${where})`;
  return `TABLE ${table}${list}${condition}`;
}

function settings(attributes: Attributes): string {
  const operations = ['insert', 'update', 'delete', 'truncate'].filter((name) => attributes.is(name));
  const generated = attributes.text('generatedColumns');
  return [
    `publish = '${operations.join(', ')}'`,
    `publish_via_partition_root = ${attributes.is('viaRoot')}`,
    ...(generated === null ? [] : [`publish_generated_columns = ${generated === 's' ? 'stored' : 'none'}`]),
  ].join(', ');
}
