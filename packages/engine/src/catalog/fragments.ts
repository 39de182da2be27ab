import { quoteLiteral } from '../sql/quote.ts';
import { BOOKKEEPING_SCHEMAS } from '../sql/reserved-names.ts';

/**
 * Pieces of catalog queries that every kind needs. Catalogs: PostgreSQL manual, chapter 53.
 * OIDs below 16384 belong to objects that initdb made (`FirstNormalObjectId`, access/transam.h).
 */
export const FIRST_USER_OID = 16384;

/** Condition: the object was made by a user, lies in a schema that counts, and is no member of an extension. */
export function userObject(alias: string, catalog: string, schemaAlias: string): string {
  return `${alias}.oid >= ${FIRST_USER_OID} and ${userSchema(schemaAlias)} and ${notFromExtension(`${alias}.oid`, catalog)}`;
}

/** Condition: the schema is neither temporary nor toast nor our own bookkeeping. */
export function userSchema(alias: string): string {
  const ours = BOOKKEEPING_SCHEMAS.map(quoteLiteral).join(', ');
  return `${alias}.nspname !~ '^pg_(toast|temp)' and ${alias}.nspname not in (${ours})`;
}

/** Condition: the object is no member of an extension; an extension's members are its own business. */
export function notFromExtension(oid: string, catalog: string): string {
  return `not exists (select 1 from pg_depend member where member.classid = '${catalog}'::regclass and member.objid = ${oid} and member.deptype = 'e')`;
}

/** Text: `schema.name`, each quoted where it has to be; null when either is null. */
export function qualified(schema: string, name: string): string {
  return `(quote_ident(${schema}) || '.' || quote_ident(${name}))`;
}

/** Join of an object's comment as `alias.description`. */
export function commentJoin(alias: string, catalog: string, oid: string, subid = '0'): string {
  return `left join pg_description ${alias} on ${alias}.objoid = ${oid} and ${alias}.classoid = '${catalog}'::regclass and ${alias}.objsubid = ${subid}`;
}

/** Text array: an aclitem array sorted, or empty. */
export function sortedPrivileges(acl: string): string {
  return `array(select item::text from unnest(${acl}) item order by item::text collate "C")`;
}

/**
 * Text array: the privileges of an object, or null when they are the default ones, whether they are
 * written down or not.
 * @param objectType letter for `acldefault()` (PostgreSQL manual 9.26.9)
 */
export function privileges(acl: string, objectType: string, owner: string): string {
  return `case when ${acl} is not null then nullif(${sortedPrivileges(acl)}, ${sortedPrivileges(`acldefault('${objectType}', ${owner})`)}) end`;
}

/** Text array: options sorted, as their order means nothing; null when there are none. */
export function sortedOptions(options: string): string {
  return `case when ${options} is not null then array(select o from unnest(${options}) o order by o collate "C") end`;
}

/** Text array: options of foreign objects, sorted; values of password options only as a digest. */
export function sortedSecretOptions(options: string): string {
  return `case when ${options} is not null then array(select case when o ~* '^[^=]*(password|secret|token|key)[^=]*=' then split_part(o, '=', 1) || '=md5:' || md5(o) else o end from unnest(${options}) o order by o collate "C") end`;
}

/** Text: a function by name and argument types, or null for none. */
export function functionName(regproc: string): string {
  return `nullif(${regproc}::oid, 0)::regprocedure::text`;
}

/** Text: key of a table, view, … by the columns of its `pg_class` row. */
export function relationKey(relation: string, schema: string): string {
  return `case ${relation}.relkind when 'v' then 'view' when 'm' then 'materialized-view' when 'f' then 'foreign-table' when 'c' then 'composite' when 'S' then 'sequence' when 'i' then 'index' when 'I' then 'index' else 'table' end || ' ' || ${qualified(`${schema}.nspname`, `${relation}.relname`)}`;
}

/** Text: the tablespace's name, or null for the database's default. */
export function tablespaceName(oid: string): string {
  return `(select spcname from pg_tablespace where oid = ${oid})`;
}

/** Text array: statistics targets of an index's expressions (ALTER INDEX … SET STATISTICS). */
export function expressionStatistics(index: string): string {
  return `(select array_agg(sa.attnum || '=' || sa.attstattarget order by sa.attnum) from pg_attribute sa where sa.attrelid = ${index} and sa.attstattarget <> -1)`;
}

/** Text array: extensions that an object says it depends on (ALTER … DEPENDS ON EXTENSION; pg_depend type `x`). */
export function dependsOnExtensions(catalog: string, oid: string): string {
  return `(select array_agg(e.extname order by e.extname) from pg_depend dep join pg_extension e on e.oid = dep.refobjid where dep.classid = '${catalog}'::regclass and dep.objid = ${oid} and dep.deptype = 'x')`;
}

/**
 * Condition: the row of pg_depend says that an index belongs to a constraint. By the number and not the OID of
 * pg_constraint: without statistics the planner takes such rows for few, and would read all of them.
 */
export function isConstraintsIndex(depend: string): string {
  return `${depend}.classid = 'pg_class'::regclass and ${depend}.deptype = 'i' and ${depend}.refclassid::int8 = 'pg_constraint'::regclass::oid::int8`;
}
