import { keysOfIndex, listOf, upToClosing } from '../../sql/key-list.ts';

/** What definitions of constraints and indexes say, as PostgreSQL prints them; names stay quoted where they are. */

const NAME = String.raw`(?:"(?:[^"]|"")*"|[^\s"(),])+`;
const LIST = `${NAME}(?:, ${NAME})*`;
const CHECK = /^CHECK \((.*)\)( NO INHERIT)?(?: NOT VALID)?$/s;
const KEY = new RegExp(`^(?:PRIMARY KEY|UNIQUE)( NULLS NOT DISTINCT)? \\((${LIST})\\)`);
const FOREIGN_KEY = new RegExp(
  `^FOREIGN KEY \\((${LIST})\\) REFERENCES (${NAME})\\((${LIST})\\)( MATCH FULL)?(.*)`,
  's',
);
const NOT_NULL = new RegExp(`^NOT NULL (${NAME})( NO INHERIT)?$`);
const UNIQUE_INDEX = /^CREATE UNIQUE INDEX .*? USING btree \(/s;
const EXCLUSION = /^EXCLUDE USING \S+ \(/;

/** A condition; `isOwn` where it is not that of tables which inherit. */
export interface CheckDefinition {
  readonly condition: string;
  readonly isOwn: boolean;
}

/** @returns `null` where it is no CHECK */
export function checkOf(definition: string): CheckDefinition | null {
  const [, condition, isOwn] = CHECK.exec(definition) ?? [];
  return condition === undefined ? null : { condition, isOwn: isOwn !== undefined };
}

/** What may not repeat. */
export interface UniqueDefinition {
  /** SQL of each key. */
  readonly keys: readonly string[];
  /** Of which rows; `null`: of all. */
  readonly where: string | null;
  /** Whether NULL may be there only once (NULLS NOT DISTINCT). */
  readonly isNullOneValue: boolean;
}

/** @returns `null` where it is neither PRIMARY KEY nor UNIQUE */
export function uniqueKeyOf(definition: string): UniqueDefinition | null {
  const [, isNullOneValue, list] = KEY.exec(definition) ?? [];
  if (list === undefined) return null;
  return { keys: namesIn(list), where: null, isNullOneValue: isNullOneValue !== undefined };
}

/** @returns `null` where it is no unique index */
export function uniqueIndexOf(definition: string): UniqueDefinition | null {
  const start = UNIQUE_INDEX.exec(definition)?.[0].length;
  if (start === undefined) return null;
  const list = upToClosing(definition, start);
  const rest = definition.slice(start + list.length + 1);
  const where = / WHERE (.*)$/s.exec(rest)?.[1] ?? null;
  return { keys: keysOfIndex(list), where, isNullOneValue: / NULLS NOT DISTINCT/.test(rest) };
}

/** A foreign key; columns in the same order on both sides. */
export interface ForeignKeyDefinition {
  readonly columns: readonly string[];
  readonly target: string;
  readonly targetColumns: readonly string[];
  readonly isFull: boolean;
  /** Whether rows that refer are changed or deleted along when a key is changed, and when it is deleted. */
  readonly follows: { readonly update: boolean; readonly delete: boolean };
}

/** @returns `null` where it is no FOREIGN KEY, or one over time */
export function foreignKeyOf(definition: string): ForeignKeyDefinition | null {
  const [, list, target, targetList, isFull, rest = ''] = FOREIGN_KEY.exec(definition) ?? [];
  if (list === undefined || target === undefined || targetList === undefined) return null;
  const follows = (event: string) => new RegExp(` ON ${event} (?:CASCADE|SET )`).test(rest);
  return {
    columns: namesIn(list),
    target,
    targetColumns: namesIn(targetList),
    isFull: isFull !== undefined,
    follows: { update: follows('UPDATE'), delete: follows('DELETE') },
  };
}

/** @returns `null` where it is no NOT NULL with a name */
export function notNullColumnOf(
  definition: string,
): { readonly column: string; readonly isOwn: boolean } | null {
  const [, column, isOwn] = NOT_NULL.exec(definition) ?? [];
  return column === undefined ? null : { column, isOwn: isOwn !== undefined };
}

/** What two rows may not be to each other: all operators may not hold between them. */
export interface ExclusionDefinition {
  readonly elements: readonly { readonly key: string; readonly operator: string }[];
  /** Of which rows; `null`: of all. */
  readonly where: string | null;
}

/** @returns `null` where it is no EXCLUDE */
export function exclusionOf(definition: string): ExclusionDefinition | null {
  const start = EXCLUSION.exec(definition)?.[0].length;
  if (start === undefined) return null;
  const list = upToClosing(definition, start);
  const elements = listOf(list).map((element) => {
    const at = element.lastIndexOf(' WITH ');
    return { key: keysOfIndex(element.slice(0, at))[0] ?? '', operator: element.slice(at + ' WITH '.length) };
  });
  const rest = definition.slice(start + list.length + 1);
  return { elements, where: / WHERE (.*?)(?: DEFERRABLE.*)?$/s.exec(rest)?.[1] ?? null };
}

function namesIn(list: string): string[] {
  return list.match(new RegExp(NAME, 'g')) ?? [];
}
