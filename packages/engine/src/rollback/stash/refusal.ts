import { quoteLiteral } from '../../sql/quote.ts';

/** The setting by which somebody accepts that what was not set aside is lost: names of tables and columns, with commas. */
export const ACCEPT_LOSS = 'pivotal_flow.accept_loss';

/** Why a rollback refuses, before anything was changed. */
export interface Refusal {
  /** What the rows are counted in, from FROM on. */
  readonly rows: string;
  /** What is said behind «1 row of» or «2 rows of», of one as of several. */
  readonly why: string;
  /** What is lost where it is accepted, as people accept it; `null` where nothing can be accepted. */
  readonly loss: readonly string[] | null;
}

/** What is to be done where a loss can be accepted. */
export const ACCEPT_FIRST = 'copy what is to be kept, then accept the loss';

/** What is to be done where nothing can be accepted. */
const INSTEAD =
  'change or delete these rows and run the script once more, or keep what there is and mend it with a further migration';

/**
 * The body of a PL/pgSQL block that refuses with the number of rows, unless their loss is accepted.
 * @param way what is to be done where it can be accepted, in words
 */
export function refusalWhere({ rows, why, loss }: Refusal, way = ACCEPT_FIRST): string {
  const message = `% of ${why}`.replaceAll("'", "''").replace(/(?<!^)%/g, '%%');
  const names = loss === null ? '' : quoteLiteral(loss.join(', ')).trim();
  const unless = loss === null ? '' : ` AND NOT ${acceptedNames()} @> ${namesIn(names)}`;
  const hint = loss === null ? quoteLiteral(INSTEAD).trim() : hintLiteral(way, names);
  return `DECLARE
      standing bigint;
    BEGIN
      SELECT count(*) INTO standing FROM ${rows};
      IF standing > 0${unless} THEN
        RAISE EXCEPTION '${message}', ${countOfRows('standing')}
          USING HINT = ${hint};
      END IF;
    END`;
}

/** SQL: `1 row`, or `2 rows`. @param number a variable of the block */
export function countOfRows(number: string): string {
  return `CASE ${number} WHEN 1 THEN '1 row' ELSE ${number} || ' rows' END`;
}

/**
 * A literal that says what to type to accept a loss.
 * @param way what that does, in words
 * @param names a literal
 */
export function hintLiteral(way: string, names: string): string {
  return `'${way}: SET ${ACCEPT_LOSS} = ${names.replaceAll("'", "''")}'`;
}

/** The names that somebody has accepted the loss of. */
export function acceptedNames(): string {
  return namesIn(`coalesce(current_setting('${ACCEPT_LOSS}', true), '')`);
}

/** Names of a list, in whatever way it is spaced; both lists are read alike, so that names may hold blanks and commas. */
export function namesIn(list: string): string {
  return `string_to_array(replace(${list}, ' ', ''), ',')`;
}

/** `quotes.note` for `public.quotes.note`. */
export function shortName(name: string): string {
  return name.replace(/^public\./, '');
}
