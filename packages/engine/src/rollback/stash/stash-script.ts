import type { CatalogObject } from '../../catalog/model.ts';
import { comment } from '../../sql/comment.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { STASH_SCHEMA } from '../../sql/reserved-names.ts';
import { Attributes } from '../attributes.ts';
import { dollarTag } from '../dollar-tag.ts';
import { columnName } from '../own-name.ts';
import { keptRows } from './carried-rows.ts';
import { refusalWhere, shortName } from './refusal.ts';
import {
  addedTable,
  filledColumn,
  goneColumn,
  isKeptAsText,
  keepsEveryRow,
  kept,
  keptUnderItsName,
  keyMatch,
  newColumn,
  printedUnderItsName,
  rowsOf,
  stashColumn,
} from './stash-columns.ts';
import type { StashedTable, StashPlan } from './stash-plan.ts';

/** How long what was set aside is kept before it may be purged. */
const KEPT = '30 days';

/** What stands above the parts of a stash file. */
export interface StashHeader {
  readonly description: string;
  /** `2026-11-25` */
  readonly date: string;
  /** Which transaction of the forward script destroys, counted from 1. */
  readonly transaction: number;
}

/** The file that sets aside what a migration destroys: plain SQL in two parts, around the statements of its transaction. */
export function stashText(plan: StashPlan, header: StashHeader): string {
  return `${[
    [
      comment(`Stash: ${header.description}`),
      comment(`Date: ${header.date}`),
      comment(`Purpose: Keep what ${plan.migration} destroys, so that its rollback can bring it back`),
      `-- Transaction: ${header.transaction}`,
    ].join('\n'),
    '-- before',
    ...beforePart(plan),
    '-- after',
    ...afterPart(plan),
  ].join('\n\n')}\n`;
}

function beforePart(plan: StashPlan): string[] {
  const migration = quoteLiteral(plan.migration).trim();
  return [
    `-- A stash that was read under row-level security would silently be incomplete: rather fail\nSET LOCAL row_security = off;`,
    ...plan.tables
      .map(({ before }) => before.name)
      .map(
        (name) =>
          `-- Nobody may write between the copy and the change\nLOCK TABLE ${name} IN ACCESS EXCLUSIVE MODE;`,
      ),
    PLACE,
    notHeld(migration),
    ...plan.tables.map((table) => copied(table, migration)),
    ...(plan.sequences.length === 0 ? [] : [sequencePositions(plan, migration)]),
  ];
}

const PLACE = `-- What is set aside must not lie in somebody else's hands
DO $stash$
DECLARE
  holder name := (
    SELECT r.rolname FROM pg_namespace n JOIN pg_roles r ON r.oid = n.nspowner
    WHERE n.nspname = '${STASH_SCHEMA}' AND r.rolname <> current_user AND NOT r.rolsuper
  );
BEGIN
  IF holder IS NOT NULL THEN
    RAISE EXCEPTION 'the schema ${STASH_SCHEMA} belongs to %, who could throw away what is set aside', holder
      USING HINT = format('apply the migration as that role, or: ALTER SCHEMA ${STASH_SCHEMA} OWNER TO %I', current_user);
  END IF;
END
$stash$;

-- Where data is set aside; nobody else may read it
CREATE SCHEMA IF NOT EXISTS ${STASH_SCHEMA};
CREATE TABLE IF NOT EXISTS ${STASH_SCHEMA}.manifest (
  migration text NOT NULL,
  stash text NOT NULL,
  added text,
  source text NOT NULL,
  state text NOT NULL CHECK (state IN ('held', 'restored', 'purged')),
  row_count bigint NOT NULL DEFAULT 0,
  byte_count bigint NOT NULL DEFAULT 0,
  created_at timestamptz NOT NULL DEFAULT now(),
  expires_at timestamptz NOT NULL,
  PRIMARY KEY (migration, stash)
);
CREATE TABLE IF NOT EXISTS ${STASH_SCHEMA}.sequence_positions (
  migration text NOT NULL,
  sequence text NOT NULL,
  last_value bigint NOT NULL,
  is_called boolean NOT NULL,
  PRIMARY KEY (migration, sequence)
);`;

function notHeld(migration: string): string {
  return `-- What is held already must not be lost
DO $stash$
BEGIN
  IF EXISTS (SELECT FROM ${STASH_SCHEMA}.manifest WHERE migration = ${migration} AND state = 'held') THEN
    RAISE EXCEPTION 'the stash of % still holds data', ${migration} USING HINT = format('roll the migration back, or throw away what is held: pivotal-flow stash purge %s', ${migration});
  END IF;
END
$stash$;
DELETE FROM ${STASH_SCHEMA}.manifest WHERE migration = ${migration};
DELETE FROM ${STASH_SCHEMA}.sequence_positions WHERE migration = ${migration};`;
}

function copied(table: StashedTable, migration: string): string {
  const source = table.before.name;
  const all = [...table.key.map((pair) => pair.before), ...table.columns.map((column) => column.before)];
  const list = [...new Set(all.map((column) => keptUnderItsName(column)))];
  return [
    comment(`Keep what is in ${source}`),
    `DROP TABLE IF EXISTS ${table.stash};`,
    `CREATE TABLE ${table.stash} AS SELECT ${list.join(', ')} FROM ${rowsOf(table.before)}${thatStay(table)};`,
    `ALTER TABLE ${table.stash} ENABLE ROW LEVEL SECURITY;`,
    entered({ migration, stash: table.stash, added: table.rowsCome ? addedTable(table) : null, source }),
  ].join('\n');
}

interface Entry {
  /** A literal. */
  readonly migration: string;
  readonly stash: string;
  readonly added: string | null;
  readonly source: string;
}

function entered({ migration, stash, added, source }: Entry): string {
  const literal = (text: string | null) => (text === null ? 'NULL' : quoteLiteral(text).trim());
  return `INSERT INTO ${STASH_SCHEMA}.manifest (migration, stash, added, source, state, expires_at)
  VALUES (${migration}, ${literal(stash)}, ${literal(added)}, ${literal(source)}, 'held', now() + interval '${KEPT}');`;
}

/** Rows of partitions that stay with the whole. */
function thatStay({ leaving }: StashedTable): string {
  if (leaving.length === 0) return '';
  return ` WHERE tableoid NOT IN (${leaving.map(({ name }) => `${quoteLiteral(name).trim()}::regclass`).join(', ')})`;
}

function sequencePositions(plan: StashPlan, migration: string): string {
  const values = plan.sequences.map(
    ({ name }) => `SELECT ${migration}, ${quoteLiteral(name).trim()}, last_value, is_called FROM ${name}`,
  );
  return `-- Keep where sequences stand
INSERT INTO ${STASH_SCHEMA}.sequence_positions (migration, sequence, last_value, is_called)
  ${values.join('\n  UNION ALL ')};
INSERT INTO ${STASH_SCHEMA}.manifest (migration, stash, source, state, expires_at)
  VALUES (${migration}, '${STASH_SCHEMA}.sequence_positions', 'sequences', 'held', now() + interval '${KEPT}');`;
}

function afterPart(plan: StashPlan): string[] {
  const migration = quoteLiteral(plan.migration).trim();
  return [
    ...plan.tables.flatMap((table) => (table.after === null ? [] : [trimmed(table, table.after)])),
    ...plan.carried.map((copy) =>
      [keptRows(copy), entered({ migration, stash: copy.stash, added: null, source: copy.table.name })].join(
        '\n',
      ),
    ),
    `-- Nobody else may read what is set aside, whatever default privileges say\n${PRIVATE}`,
    ...[...plan.tables, ...plan.carried].map((table) => measured(table, migration)),
  ];
}

/** Keeps only what really changed, and records the values that the migration wrote. */
function trimmed(table: StashedTable, after: CatalogObject): string {
  const { stash } = table;
  const staying = table.columns.filter((column) => column.after !== null);
  const source = rowsOf(after);
  const news = staying.map(
    (column) =>
      `ADD COLUMN ${newColumn(column)} ${typeInStash(column.after ?? column.before)}, ADD COLUMN ${stashColumn(column, 'touched')} boolean NOT NULL DEFAULT false`,
  );
  const sets = [
    ...staying.map((column) => `${newColumn(column)} = ${kept(column.after ?? column.before, 't.')}`),
    ...table.filled.map((column) => `${filledColumn(column)} = ${kept(column, 't.')}`),
    `${goneColumn} = false`,
  ];
  const filled = table.filled.map((column) => `ADD COLUMN ${filledColumn(column)} ${typeInStash(column)}`);
  const lines = [
    comment(`Keep only what changed in ${after.name}, and what the migration made of it`),
    `ALTER TABLE ${stash} ${[...news, ...filled, `ADD COLUMN ${goneColumn} boolean NOT NULL DEFAULT true`].join(', ')};`,
    `UPDATE ${stash} s SET ${sets.join(', ')} FROM ${source} t WHERE ${keyMatch(table, 'after')};`,
    ...(table.rowsCome ? [added(table, after)] : []),
    ...(table.isLaterKey ? [inCommon(table)] : []),
    ...(table.rowsGo ? [] : [unforeseen(table), `DELETE FROM ${stash} WHERE ${goneColumn};`]),
    ...(keepsEveryRow(table) ? [] : [`DELETE FROM ${stash} WHERE NOT ${goneColumn}${unchanged(table)};`]),
  ];
  return lines.join('\n');
}

/** Of rows that go although nobody foresaw it only some columns are held: rather fail than lose them. */
function unforeseen({ before, stash }: StashedTable): string {
  const body = refusalWhere(
    {
      rows: `${stash} WHERE ${goneColumn}`,
      why: `${before.name} deleted, or given another key: the stash holds only some of the columns, so that no rollback could bring that back`,
      loss: [shortName(before.name)],
    },
    'write the stash anew with rows in a seed file that the migration deletes, or copy them and accept the loss',
  );
  const tag = dollarTag('stash', body);
  return `DO ${tag}\n${body}\n${tag};`;
}

/** Something that nobody foresaw, such as a trigger, may have written to the key before it was made. */
function inCommon({ before, stash, key }: StashedTable): string {
  const names = key.map((pair) => columnName(pair.before));
  const isNull = names.map((name) => `${name} IS NULL`).join(' OR ');
  const body = refusalWhere({
    rows: `(SELECT count(*) OVER (PARTITION BY ${names.join(', ')}) > 1 OR ${isNull} AS is_common FROM ${stash}) r WHERE is_common`,
    why: `${before.name} before the migration had ${names.join(', ')} in common with another one, or NULL there: no rollback could tell them apart`,
    loss: null,
  });
  const tag = dollarTag('stash', body);
  return `DO ${tag}\n${body}\n${tag};`;
}

function typeInStash(column: CatalogObject): string {
  return isKeptAsText(column) ? 'text' : (new Attributes(column).text('type') ?? 'text');
}

/** Nothing is worth keeping of a row in which nothing changed, nor a NULL of a column that comes back as NULL. */
function unchanged({ columns }: StashedTable): string {
  return columns
    .map(({ before, after }) => {
      const name = columnName(before);
      if (after !== null)
        return ` AND ${name}::text COLLATE "C" IS NOT DISTINCT FROM ${newColumn({ before, after })}::text COLLATE "C"`;
      return comesBackAsNull(before) ? ` AND ${name} IS NULL` : ' AND false';
    })
    .join('');
}

/** ADD COLUMN writes the default to all rows; a domain, which is a type of the schema's own, may have one as well. */
function comesBackAsNull(column: CatalogObject): boolean {
  const attributes = new Attributes(column);
  return attributes.text('default') === null && attributes.text('type')?.includes('.') !== true;
}

/** Rows that the migration brought, as it wrote them. */
function added(table: StashedTable, after: CatalogObject): string {
  const source = rowsOf(after);
  const list = table.allAfter.map((column) => printedUnderItsName(column, 't.'));
  return [
    `DROP TABLE IF EXISTS ${addedTable(table)};`,
    `CREATE TABLE ${addedTable(table)} AS SELECT ${list.join(', ')} FROM ${source} t WHERE NOT EXISTS (SELECT FROM ${table.stash} s WHERE ${keyMatch(table, 'after')});`,
    `ALTER TABLE ${addedTable(table)} ENABLE ROW LEVEL SECURITY;`,
  ].join('\n');
}

const PRIVATE = `DO $stash$
DECLARE
  granted record;
BEGIN
  FOR granted IN
    SELECT CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END AS grantee
    FROM pg_namespace n, aclexplode(n.nspacl) a WHERE n.nspname = '${STASH_SCHEMA}' AND a.grantee <> n.nspowner
  LOOP
    EXECUTE format('REVOKE ALL ON SCHEMA ${STASH_SCHEMA} FROM %s', granted.grantee);
  END LOOP;
  FOR granted IN
    SELECT c.oid::regclass AS stash, CASE a.grantee WHEN 0 THEN 'PUBLIC' ELSE quote_ident(pg_get_userbyid(a.grantee)) END AS grantee
    FROM pg_class c, aclexplode(c.relacl) a
    WHERE c.relnamespace = '${STASH_SCHEMA}'::regnamespace AND c.relkind = 'r' AND a.grantee <> c.relowner
  LOOP
    EXECUTE format('REVOKE ALL ON TABLE %s FROM %s', granted.stash, granted.grantee);
  END LOOP;
END
$stash$;`;

function measured({ stash }: { readonly stash: string }, migration: string): string {
  return `-- Say how much is held\nUPDATE ${STASH_SCHEMA}.manifest SET row_count = (SELECT count(*) FROM ${stash}), byte_count = pg_total_relation_size(${quoteLiteral(stash).trim()})
  WHERE migration = ${migration} AND stash = ${quoteLiteral(stash).trim()};`;
}
