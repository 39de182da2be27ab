import { partsOfName, unquotedPart } from '../sql/qualified-name.ts';
import { quoteLiteral } from '../sql/quote.ts';

/**
 * Conditions for what PostgreSQL has no IF EXISTS for. They ask the catalogs by name and kind, so that something else of
 * the same name is not taken for it.
 */

/** @param relation as PostgreSQL prints it, such as `public.quotes` */
export function constraintExists(relation: string, constraint: string): string {
  return `EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass(${quoteLiteral(relation)}) AND conname = ${named(constraint)})`;
}

export function constraintIsNotValid(relation: string, constraint: string): string {
  return `EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass(${quoteLiteral(relation)}) AND conname = ${named(constraint)} AND NOT convalidated)`;
}

export function domainConstraintExists(domain: string, constraint: string): string {
  return `EXISTS (SELECT FROM pg_constraint WHERE contypid = to_regtype(${quoteLiteral(domain)}) AND conname = ${named(constraint)})`;
}

export function columnExists(relation: string, column: string): string {
  return `EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(${quoteLiteral(relation)}) AND attname = ${named(column)} AND NOT attisdropped)`;
}

export function mayBeNull(relation: string, column: string): string {
  return `EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(${quoteLiteral(relation)}) AND attname = ${named(column)} AND NOT attnotnull)`;
}

export function isIdentity(relation: string, column: string): string {
  return `EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(${quoteLiteral(relation)}) AND attname = ${named(column)} AND attidentity <> '')`;
}

/** The first column stands before the second one. */
export function columnsInOrder(relation: string, first: string, second: string): string {
  const number = (column: string) =>
    `(SELECT attnum FROM pg_attribute WHERE attrelid = to_regclass(${quoteLiteral(relation)}) AND attname = ${named(column)})`;
  return `${number(first)} < ${number(second)}`;
}

/** @param index without its schema, which is that of the relation */
export function indexIsOn(relation: string, index: string): string {
  return `EXISTS (SELECT FROM pg_index JOIN pg_class ON pg_class.oid = indexrelid WHERE indrelid = to_regclass(${quoteLiteral(relation)}) AND relname = ${named(index)})`;
}

/** The first label stands before the second one. */
export function labelsInOrder(type: string, first: string, second: string): string {
  const place = (label: string) =>
    `(SELECT enumsortorder FROM pg_enum WHERE enumtypid = to_regtype(${quoteLiteral(type)}) AND enumlabel = ${quoteLiteral(label)})`;
  return `${place(first)} < ${place(second)}`;
}

/** Such a sequence goes with the identity, and cannot be dropped by itself. */
export function belongsToIdentity(sequence: string): string {
  return `EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = to_regclass(${quoteLiteral(sequence)}) AND deptype = 'i')`;
}

/**
 * @param type as PostgreSQL prints it: with its schema where it is none of its own
 * @param collation `null` for the type's own
 */
export function hasOtherType(
  relation: string,
  column: string,
  type: string,
  collation: string | null,
): string {
  const modifier = /\(.*\)/.exec(type)?.[0];
  const printed = 'format_type(atttypid, atttypmod)';
  const other = !partsOfName(type)[1]
    ? `${printed} <> ${quoteLiteral(type)}`
    : modifier === undefined
      ? `atttypid <> to_regtype(${quoteLiteral(type)})`
      : `(atttypid <> to_regtype(${quoteLiteral(type)}) OR position(${quoteLiteral(modifier)} in ${printed}) = 0)`;
  const collated =
    collation === null
      ? '(SELECT typcollation FROM pg_type WHERE pg_type.oid = atttypid)'
      : `to_regcollation(${quoteLiteral(collation)})`;
  return `EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass(${quoteLiteral(relation)}) AND attname = ${named(column)} AND (${other} OR attcollation <> ${collated}))`;
}

export function isChildOf(relation: string, parent: string): string {
  return `EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass(${quoteLiteral(relation)}) AND inhparent = to_regclass(${quoteLiteral(parent)}))`;
}

export function isTyped(relation: string): string {
  return `EXISTS (SELECT FROM pg_class WHERE oid = to_regclass(${quoteLiteral(relation)}) AND reloftype <> 0)`;
}

export function relationExists(relation: string): string {
  return `to_regclass(${quoteLiteral(relation)}) IS NOT NULL`;
}

/** Whether a table is there and is partitioned, or is there and is not. */
export function isPartitioned(table: string, wanted: boolean): string {
  return `EXISTS (SELECT FROM pg_class WHERE oid = to_regclass(${quoteLiteral(table)}) AND ${wanted ? '' : 'NOT '}relkind = 'p')`;
}

export function typeExists(type: string): string {
  return `to_regtype(${quoteLiteral(type)}) IS NOT NULL`;
}

export function labelExists(type: string, label: string): string {
  return `EXISTS (SELECT FROM pg_enum WHERE enumtypid = to_regtype(${quoteLiteral(type)}) AND enumlabel = ${quoteLiteral(label)})`;
}

export function schemaExists(schema: string): string {
  return `to_regnamespace(${quoteLiteral(schema)}) IS NOT NULL`;
}

/** @param routine with its argument types */
export function routineExists(routine: string): string {
  return `to_regprocedure(${quoteLiteral(routine)}) IS NOT NULL`;
}

export function triggerExists(relation: string, trigger: string): string {
  return `EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass(${quoteLiteral(relation)}) AND tgname = ${named(trigger)} AND NOT tgisinternal)`;
}

export function policyExists(relation: string, policy: string): string {
  return `EXISTS (SELECT FROM pg_policy WHERE polrelid = to_regclass(${quoteLiteral(relation)}) AND polname = ${named(policy)})`;
}

export function ruleExists(relation: string, rule: string): string {
  return `EXISTS (SELECT FROM pg_rewrite WHERE ev_class = to_regclass(${quoteLiteral(relation)}) AND rulename = ${named(rule)})`;
}

export function statisticsExists(statistics: string): string {
  const [schema = '', name = ''] = partsOfName(statistics);
  return `EXISTS (SELECT FROM pg_statistic_ext WHERE stxnamespace = to_regnamespace(${quoteLiteral(schema)}) AND stxname = ${named(name)})`;
}

export function collationExists(collation: string): string {
  return `to_regcollation(${quoteLiteral(collation)}) IS NOT NULL`;
}

export function publicationExists(publication: string): string {
  return `EXISTS (SELECT FROM pg_publication WHERE pubname = ${named(publication)})`;
}

export function eventTriggerExists(trigger: string): string {
  return `EXISTS (SELECT FROM pg_event_trigger WHERE evtname = ${named(trigger)})`;
}

/** @param role as PostgreSQL prints it, like all names here */
export function roleExists(role: string): string {
  return `to_regrole(${quoteLiteral(role)}) IS NOT NULL`;
}

/** Whoever granted it. */
export function membershipExists(member: string, role: string): string {
  return `EXISTS (SELECT FROM pg_auth_members WHERE member = to_regrole(${quoteLiteral(member)}) AND roleid = to_regrole(${quoteLiteral(role)}))`;
}

/** A subscription is of one database, and told in a catalog of all. */
export function subscriptionExists(subscription: string): string {
  return `EXISTS (SELECT FROM pg_subscription JOIN pg_database ON pg_database.oid = subdbid WHERE datname = current_database() AND subname = ${named(subscription)})`;
}

export function not(condition: string): string {
  return condition.endsWith(' IS NOT NULL')
    ? condition.replace(/ IS NOT NULL$/, ' IS NULL')
    : `NOT ${condition}`;
}

export function all(...conditions: readonly string[]): string {
  return conditions.join(' AND ');
}

/** A name of a catalog's row, from a printed and perhaps quoted one. */
function named(part: string): string {
  return quoteLiteral(unquotedPart(part));
}
