import { attributesOf, type CatalogObject, type Kind } from '../catalog/model.ts';

/**
 * The statement that removes an object, as a rollback would write it: with IF EXISTS where PostgreSQL has
 * it, and without CASCADE. `null` where an object of the kind cannot be dropped by itself.
 */
export function removalOf(object: CatalogObject): string | null {
  return REMOVALS[object.traits.kind](object);
}

type Removal = (object: CatalogObject) => string | null;

const drop =
  (what: string): Removal =>
  ({ name }) =>
    `DROP ${what} IF EXISTS ${name};`;

/** Names like `x on public.t` are `x ON public.t` in DROP TRIGGER, DROP POLICY and DROP RULE. */
const dropOn =
  (what: string): Removal =>
  ({ name, table }) =>
    `DROP ${what} IF EXISTS ${ownName(name, table)} ON ${table};`;

const notAlone: Removal = () => null;

const REMOVALS: Record<Kind, Removal> = {
  database: notAlone,
  schema: drop('SCHEMA'),
  extension: drop('EXTENSION'),
  language: drop('LANGUAGE'),
  enum: drop('TYPE'),
  domain: drop('DOMAIN'),
  composite: drop('TYPE'),
  range: drop('TYPE'),
  collation: drop('COLLATION'),
  conversion: drop('CONVERSION'),
  routine: (object) => drop(attributesOf(object)['kind'] === 'p' ? 'PROCEDURE' : 'FUNCTION')(object),
  aggregate: drop('AGGREGATE'),
  operator: drop('OPERATOR'),
  'operator-family': ({ name }) => `DROP OPERATOR FAMILY IF EXISTS ${name.replace(' using ', ' USING ')};`,
  'operator-class': ({ name }) => `DROP OPERATOR CLASS IF EXISTS ${name.replace(' using ', ' USING ')};`,
  cast: drop('CAST'),
  transform: ({ name }) =>
    `DROP TRANSFORM IF EXISTS ${name.replace(/^for /, 'FOR ').replace(' language ', ' LANGUAGE ')};`,
  'access-method': drop('ACCESS METHOD'),
  table: drop('TABLE'),
  'foreign-table': drop('FOREIGN TABLE'),
  view: drop('VIEW'),
  'materialized-view': drop('MATERIALIZED VIEW'),
  column: ({ name, table }) =>
    `ALTER TABLE ${table} DROP COLUMN IF EXISTS ${name.slice(String(table).length + 1)};`,
  sequence: drop('SEQUENCE'),
  constraint: ({ name, table, parent }) =>
    `ALTER ${parent?.startsWith('domain ') ? 'DOMAIN' : 'TABLE'} ${table} DROP CONSTRAINT IF EXISTS ${ownName(name, table)};`,
  index: drop('INDEX'),
  statistics: drop('STATISTICS'),
  trigger: dropOn('TRIGGER'),
  rule: dropOn('RULE'),
  policy: dropOn('POLICY'),
  'event-trigger': drop('EVENT TRIGGER'),
  'text-search-parser': drop('TEXT SEARCH PARSER'),
  'text-search-template': drop('TEXT SEARCH TEMPLATE'),
  'text-search-dictionary': drop('TEXT SEARCH DICTIONARY'),
  'text-search-configuration': drop('TEXT SEARCH CONFIGURATION'),
  'foreign-data-wrapper': drop('FOREIGN DATA WRAPPER'),
  server: drop('SERVER'),
  'user-mapping': ({ name }) =>
    `DROP USER MAPPING IF EXISTS ${name.replace(/^for /, 'FOR ').replace(' server ', ' SERVER ')};`,
  publication: drop('PUBLICATION'),
  subscription: drop('SUBSCRIPTION'),
  'default-privileges': notAlone,
  role: drop('ROLE'),
  'role-membership': notAlone,
  'role-setting': notAlone,
  tablespace: drop('TABLESPACE'),
  'parameter-privileges': notAlone,
};

function ownName(name: string, table: string | null): string {
  return name.slice(0, name.length - ` on ${table}`.length);
}
