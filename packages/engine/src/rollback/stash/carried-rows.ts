import { comment } from '../../sql/comment.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import type { StatementDraft } from '../draft.ts';
import { columnName } from '../own-name.ts';
import { HELD } from './held.ts';
import type { References } from './references.ts';
import { ACCEPT_FIRST, acceptedNames, countOfRows, hintLiteral, namesIn, shortName } from './refusal.ts';
import { keptUnderItsName, rowsOf } from './stash-columns.ts';
import type { StashedCopy } from './stash-plan.ts';

/** The part of a stash file that keeps what a migration put into a table of its own. */
export function keptRows({ table, columns, stash }: StashedCopy): string {
  const list = columns.map((column) => keptUnderItsName(column)).join(', ');
  return [
    comment(`Keep what was carried over to ${table.name}, to tell what is written to it since`),
    `DROP TABLE IF EXISTS ${stash};`,
    `CREATE TABLE ${stash} AS SELECT ${list} FROM ${rowsOf(table)};`,
    `ALTER TABLE ${stash} ENABLE ROW LEVEL SECURITY;`,
  ].join('\n');
}

/**
 * Refuses where somebody wrote to what was carried over: the rollback takes that away, and brings back what it was made of. Rows are told
 * apart by what they hold, so that no key is needed; one that was changed is a new one, and an old one that is missing.
 */
export function writtenToCarried({ table, columns, owners, stash }: StashedCopy): StatementDraft {
  const list = columns.map((column) => `${columnName(column)}::text COLLATE "C"`).join(', ');
  const [now, then] = [`SELECT ${list} FROM ${rowsOf(table)}`, `SELECT ${list} FROM ${stash} s`];
  const names = quoteLiteral(shortName(table.name)).trim();
  const told = quoteLiteral(
    `% of ${table.name.replaceAll('%', '%%')} written since, and % that the migration carried over to it no longer as it wrote them: that would be lost`,
  ).trim();
  const sql = `DECLARE
      written bigint;
      missing bigint;
    BEGIN
      SELECT count(*) INTO written FROM (${now} EXCEPT ALL ${then}) r;
      SELECT count(*) INTO missing FROM (${then}${owned(owners)} EXCEPT ALL ${now}) r;
      IF written + missing > 0 AND NOT ${acceptedNames()} @> ${namesIn(names)} THEN
        RAISE EXCEPTION ${told}, ${countOfRows('written')}, missing
          USING HINT = ${hintLiteral(ACCEPT_FIRST, names)};
      END IF;
    END`;
  return { sql, onlyIf: HELD };
}

/** Rows that went with what they belong to are missed by nobody. */
function owned(owners: readonly References[]): string {
  const conditions = owners.map(({ columns, target, targets }) => {
    const isNone = columns.map((name) => `s.${name} IS NULL`).join(' OR ');
    const match = columns.map((name, place) => `o.${targets[place]}::text = s.${name}::text`).join(' AND ');
    return `(${isNone} OR EXISTS (SELECT FROM ${target} o WHERE ${match}))`;
  });
  return conditions.length === 0 ? '' : ` WHERE ${conditions.join(' AND ')}`;
}
