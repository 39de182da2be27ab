import type { CatalogObject, Kind } from '../catalog/model.ts';
import { partsOfName, unquotedPart } from '../sql/qualified-name.ts';
import { quoteLiteral } from '../sql/quote.ts';
import {
  collationExists,
  columnExists,
  constraintExists,
  domainConstraintExists,
  eventTriggerExists,
  policyExists,
  publicationExists,
  roleExists,
  ruleExists,
  schemaExists,
  statisticsExists,
  subscriptionExists,
  triggerExists,
} from './guards.ts';
import { columnName, ownNameOn } from './own-name.ts';

/** The condition that there is an object of this kind and name; `null` for kinds that nothing is asked of. */
export function existenceOf(object: CatalogObject): string | null {
  return EXISTENCE[object.traits.kind]?.(object) ?? null;
}

type Existence = (object: CatalogObject) => string;

/** @param letters of `pg_class.relkind` */
const relation =
  (letters: string): Existence =>
  ({ name }) =>
    `EXISTS (SELECT FROM pg_class WHERE oid = to_regclass(${quoteLiteral(name)}) AND relkind IN (${list(letters)}))`;

/** @param letters of `pg_type.typtype` */
const type =
  (letters: string): Existence =>
  ({ name }) =>
    `EXISTS (SELECT FROM pg_type WHERE oid = to_regtype(${quoteLiteral(name)}) AND typtype IN (${list(letters)}))`;

/** @param letters of `pg_proc.prokind` */
const routine =
  (letters: string): Existence =>
  ({ name }) =>
    `EXISTS (SELECT FROM pg_proc WHERE oid = to_regprocedure(${quoteLiteral(name)}) AND prokind IN (${list(letters)}))`;

/** An object of a catalog that lies in no schema. */
const named =
  (catalog: string, column: string): Existence =>
  ({ name }) =>
    `EXISTS (SELECT FROM ${catalog} WHERE ${column} = ${quoteLiteral(unquotedPart(name))})`;

const inSchema =
  (catalog: string, prefix: string): Existence =>
  (object) => {
    const [schema = '', name = ''] = partsOfName(object.name);
    return `EXISTS (SELECT FROM ${catalog} WHERE ${prefix}namespace = to_regnamespace(${quoteLiteral(schema)}) AND ${prefix}name = ${quoteLiteral(unquotedPart(name))})`;
  };

function list(letters: string): string {
  return [...letters].map((letter) => `'${letter}'`).join(', ');
}

const onTable =
  (exists: (table: string, name: string) => string): Existence =>
  (object) =>
    exists(object.table ?? '', ownNameOn(object));

const EXISTENCE: Partial<Record<Kind, Existence>> = {
  schema: ({ name }) => schemaExists(name),
  extension: named('pg_extension', 'extname'),
  language: named('pg_language', 'lanname'),
  enum: type('e'),
  domain: type('d'),
  composite: relation('c'),
  range: type('r'),
  collation: ({ name }) => collationExists(name),
  conversion: inSchema('pg_conversion', 'con'),
  routine: routine('fpw'),
  aggregate: routine('a'),
  table: relation('rp'),
  'foreign-table': relation('f'),
  view: relation('v'),
  'materialized-view': relation('m'),
  column: (object) => columnExists(object.table ?? '', columnName(object)),
  sequence: relation('S'),
  constraint: (object) =>
    onTable(object.parent?.startsWith('domain ') ? domainConstraintExists : constraintExists)(object),
  index: relation('iI'),
  statistics: ({ name }) => statisticsExists(name),
  trigger: onTable(triggerExists),
  rule: onTable(ruleExists),
  policy: onTable(policyExists),
  'event-trigger': ({ name }) => eventTriggerExists(name),
  'text-search-parser': inSchema('pg_ts_parser', 'prs'),
  'text-search-template': inSchema('pg_ts_template', 'tmpl'),
  'text-search-dictionary': inSchema('pg_ts_dict', 'dict'),
  'text-search-configuration': inSchema('pg_ts_config', 'cfg'),
  'foreign-data-wrapper': named('pg_foreign_data_wrapper', 'fdwname'),
  server: named('pg_foreign_server', 'srvname'),
  publication: ({ name }) => publicationExists(name),
  subscription: ({ name }) => subscriptionExists(name),
  role: ({ name }) => roleExists(name),
};
