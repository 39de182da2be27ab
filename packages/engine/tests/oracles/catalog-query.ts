import type { Row } from '../../src/postgres/session.ts';
import { type CatalogRule, COLUMN_NUMBERS, LEFT_OUT, RULES, SETS } from './catalog-rules.ts';

interface Column {
  readonly name: string;
  readonly type: string;
}

interface Reference {
  readonly from: readonly string[];
  readonly to: string;
  readonly isArray: boolean;
}

interface Catalog {
  readonly name: string;
  readonly isShared: boolean;
  readonly columns: readonly Column[];
  readonly references: readonly Reference[];
}

/** One statement of the judge; its rows have the columns `identity` and `state`. */
export interface CatalogQuery {
  readonly catalog: string;
  /** Whether it is about what users made, or about what PostgreSQL itself brought. */
  readonly about: 'own' | 'built-in';
  readonly sql: string;
}

/** Sends one statement, and gives its rows. */
export type Query = (sql: string) => Promise<readonly Row[]>;

const DISCOVERY = `
select json_agg(s)::text as catalogs from (select c.relname as name, c.relisshared as "isShared",
  (select json_agg(json_build_object('name', a.attname, 'type', format_type(a.atttypid, null)) order by a.attnum)
     from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped) as columns,
  (select coalesce(json_agg(json_build_object('from', k.fkcols, 'to', k.pktable::text, 'isArray', k.is_array)), '[]')
     from pg_get_catalog_foreign_keys() k where k.fktable = c.oid) as references
from pg_class c where c.relnamespace = 'pg_catalog'::regnamespace and c.relkind = 'r' order by 1) s`;

/** Columns of a table are read by name; a row type's attributes and a view's columns have an order that means something. */
const ORDERS: readonly CatalogQuery[] = [
  { catalog: 'column order', about: 'own', sql: orderOf(['r', 'p', 'f']) },
  { catalog: 'attribute order', about: 'own', sql: orderOf(['c', 'v', 'm']) },
];

function orderOf(relationKinds: readonly string[]): string {
  return `select a.attrelid::regclass::text as identity, string_agg(quote_ident(a.attname), ', ' order by a.attnum) as state
    from pg_attribute a join pg_class r on r.oid = a.attrelid
    where a.attrelid >= 16384 and a.attnum > 0 and not a.attisdropped and r.relkind in ('${relationKinds.join(`', '`)}')
      and r.relnamespace <> all (array(select n.oid from pg_namespace n where n.nspname ~ '^pg_(toast|temp)'))
    group by a.attrelid`;
}

/** Asks the server which catalogs it has, and writes the statements that read them all. */
export async function catalogQueries(query: Query): Promise<CatalogQuery[]> {
  const catalogs = JSON.parse(String((await query(DISCOVERY))[0]?.['catalogs'])) as Catalog[];
  const known = catalogs.filter((catalog) => !LEFT_OUT.has(catalog.name));
  return [
    ...known.map(userRows),
    ...known.flatMap(builtInRows),
    ...known.flatMap(builtInPrivileges),
    ...ORDERS,
  ];
}

function userRows(catalog: Catalog): CatalogQuery {
  const rule = RULES[catalog.name] ?? {};
  const states = catalog.columns
    .filter((column) => column.name !== 'oid' && rule.omitted?.includes(column.name) !== true)
    .map((column) => `'${column.name}=', ${text(readColumn(catalog, rule, column))}`);
  const extra = Object.entries(rule.shown ?? {})
    .filter(([, sql]) => hasColumnsOf(catalog, sql))
    .map(([name, sql]) => `'${name}=', ${text(sql)}`);
  return {
    catalog: catalog.name,
    about: 'own',
    sql: `select ${identityOf(catalog, rule)} as identity, concat(${[...states, ...extra].join(`, E'\\x1f', `)}) as state
      from pg_catalog.${catalog.name} x where (${rule.where ?? madeByUser(catalog)})${notHidden(catalog)}`,
  };
}

/** An older major may lack the columns that a rule speaks of. */
function hasColumnsOf(catalog: Catalog, sql: string): boolean {
  const names = catalog.columns.map((column) => column.name);
  return [...sql.matchAll(/\bx\.(\w+)/g)].every((match) => names.includes(match[1] ?? ''));
}

function text(sql: string): string {
  return `coalesce((${sql})::text, '-')`;
}

function identityOf(catalog: Catalog, rule: CatalogRule): string {
  if (rule.identity !== undefined) return rule.identity;
  if (catalog.columns.some((column) => column.name === 'oid')) {
    return `(select i.identity from pg_identify_object('${catalog.name}'::regclass, x.oid, 0) i)`;
  }
  return single(catalog)
    .map((reference) => named(reference.to, `x.${reference.from[0]}`))
    .join(` || ' ' || `);
}

function madeByUser(catalog: Catalog): string {
  if (catalog.columns.some((column) => column.name === 'oid')) return 'x.oid >= 16384';
  return `x.${single(catalog)[0]?.from[0]}::oid >= 16384`;
}

function single(catalog: Catalog): Reference[] {
  return catalog.references.filter((reference) => reference.from.length === 1 && !reference.isArray);
}

/** TOAST and temporary relations are no part of the schema. */
function notHidden(catalog: Catalog): string {
  const schemaOf = single(catalog).find((reference) => reference.to === 'pg_namespace')?.from[0];
  const hidden = `array(select n.oid from pg_namespace n where n.nspname ~ '^pg_(toast|temp)')`;
  if (schemaOf !== undefined) return ` and x.${schemaOf} <> all (${hidden})`;
  const relation = single(catalog).find((reference) => reference.to === 'pg_class')?.from[0];
  if (relation === undefined) return '';
  return ` and not exists (select from pg_class r where r.oid = x.${relation} and r.relnamespace = any (${hidden}))`;
}

function readColumn(catalog: Catalog, rule: CatalogRule, column: Column): string {
  const value = `x.${column.name}`;
  if (column.type === 'aclitem[]') return privileges(value, rule);
  const reference = catalog.references.find((candidate) => candidate.from.at(-1) === column.name);
  const table = COLUMN_NUMBERS[column.name] ?? (reference?.from.length === 2 ? reference.from[0] : undefined);
  if (table !== undefined) {
    return columnNames(`x.${table}`, value, {
      isArray: reference?.isArray ?? true,
      sorted: SETS.has(column.name),
    });
  }
  if (reference !== undefined && !reference.isArray) return named(reference.to, value);
  if (reference !== undefined) {
    const name = named(reference.to, 'u.o');
    return SETS.has(column.name)
      ? `select string_agg(s.name, ',' order by s.name) from (select ${name} as name from unnest(${value}) u(o)) s`
      : `select string_agg(${name}, ',' order by u.n) from unnest(${value}) with ordinality u(o, n)`;
  }
  if (!SETS.has(column.name)) return value;
  // Some builds of 15 keep a version in each column's options, new with every change; no command shows or sets it.
  return `select string_agg(o::text, ',' order by o::text) from unnest(${value}) o where o::text not like 'pg\\_attver=%'`;
}

function columnNames(table: string, numbers: string, how: { isArray: boolean; sorted: boolean }): string {
  const column = (number: string) =>
    `coalesce((select a.attname::text from pg_attribute a where a.attrelid = ${table} and a.attnum = ${number}), ${number}::text)`;
  if (!how.isArray) return column(numbers);
  if (!how.sorted)
    return `select string_agg(${column('u.c')}, ',' order by u.n) from unnest(${numbers}) with ordinality u(c, n)`;
  return `select string_agg(s.name, ',' order by s.name) from (select ${column('u.c')} as name from unnest(${numbers}) u(c)) s`;
}

/** The name of the object behind an identifier; everything outside pg_catalog comes with its schema. */
function named(catalog: string, oid: string): string {
  switch (catalog) {
    case 'pg_class':
      return `${oid}::oid::regclass::text`;
    case 'pg_type':
      return `case when ${oid} = 0 then '-' else format_type(${oid}::oid, null) end`;
    case 'pg_proc':
      return `${oid}::oid::regprocedure::text`;
    case 'pg_operator':
      return `${oid}::oid::regoperator::text`;
    case 'pg_namespace':
      return `${oid}::oid::regnamespace::text`;
    case 'pg_authid':
      return `case when ${oid} = 0 then 'PUBLIC' else pg_get_userbyid(${oid}) end`;
    default:
      return `case when ${oid} = 0 then '-' else (select i.identity from pg_identify_object('${catalog}'::regclass, ${oid}::oid, 0) i) end`;
  }
}

/** Privileges one by one and sorted; none given means the default ones (manual 5.8, "Privileges"). */
function privileges(acl: string, rule: CatalogRule): string {
  const complete =
    rule.aclKind === undefined
      ? acl
      : `coalesce(${acl}, acldefault((${rule.aclKind})::"char", ${rule.owner}))`;
  return `select string_agg(p, ',' order by p) from (
    select case e.grantee when 0 then 'PUBLIC' else pg_get_userbyid(e.grantee) end || ':' || e.privilege_type
      || case when e.is_grantable then '*' else '' end || '/' || pg_get_userbyid(e.grantor) as p
    from aclexplode(${complete}) e) s`;
}

/**
 * One number over built-in rows, so that a change to a built-in object is seen, if not named. The other
 * catalogs' built-in rows only change under `allow_system_table_mods`.
 */
function builtInRows(catalog: Catalog): CatalogQuery[] {
  if (!['pg_class', 'pg_description', 'pg_language', 'pg_proc', 'pg_type'].includes(catalog.name)) return [];
  const key = catalog.columns.some((column) => column.name === 'oid') ? 'oid' : 'objoid';
  const physical = catalog.name === 'pg_class' ? RULES[catalog.name]?.omitted : [];
  const columns = catalog.columns
    .filter((column) => column.type !== 'aclitem[]' && column.type !== 'pg_node_tree')
    .filter((column) => physical?.includes(column.name) !== true)
    .map((column) => `x.${column.name}`);
  return [
    {
      catalog: catalog.name,
      about: 'built-in',
      sql: `select 'built-in rows' as identity, sum(hashtextextended(row(${columns.join(', ')})::text, 0))::text as state
        from pg_catalog.${catalog.name} x where x.${key} < 16384`,
    },
  ];
}

/** Privileges on built-in objects that are not as initdb made them (`pg_init_privs`). */
function builtInPrivileges(catalog: Catalog): CatalogQuery[] {
  const rule = RULES[catalog.name];
  const acl = catalog.columns.find((column) => column.type === 'aclitem[]')?.name;
  const hasOid = catalog.columns.some((column) => column.name === 'oid');
  if (rule?.aclKind === undefined || acl === undefined || catalog.isShared || !hasOid) return [];
  return [
    {
      catalog: catalog.name,
      about: 'built-in',
      sql: `select * from (
        select 'privileges of ' || ${identityOf(catalog, { ...rule })} as identity, (${privileges(`x.${acl}`, rule)}) as state,
          (${privileges('i.initprivs', rule)}) as initial
        from pg_catalog.${catalog.name} x
        left join pg_init_privs i on i.classoid = '${catalog.name}'::regclass and i.objoid = x.oid and i.objsubid = 0
        where x.oid < 16384 and x.${acl} is not null and x.${acl} is distinct from i.initprivs) s
      where s.state is distinct from s.initial`,
    },
  ];
}
