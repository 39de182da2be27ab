import { statementsInBody } from '../../data/body-statements.ts';
import { stringOf } from '../../data/parsed-nodes.ts';
import { bodyOf } from '../../migrations/statement-body.ts';
import { namedRelations } from '../../sql/named-relations.ts';
import type { ParseNode, Statement } from '../../sql/statement.ts';
import { wordsIn } from '../../sql/words.ts';
import { CALLING } from '../stash/reached-effects.ts';
import { type Assignment, assignmentsIn } from './assignments.ts';

/** A statement of a script that puts values into columns of a table. */
export type Filling = ReadFilling | BodyFilling;

interface CommonFilling {
  /** Which statement of the script it is, or is in. */
  readonly place: number;
  /** All words in its text. */
  readonly words: ReadonlySet<string>;
}

/** One that can be read. */
export interface ReadFilling extends CommonFilling {
  readonly kind: 'read';
  readonly assignment: Assignment;
  /** The relations that it names. */
  readonly relations: ReadonlySet<string>;
}

/** The source of a block or function, in which anything may stand. */
export interface BodyFilling extends CommonFilling {
  readonly kind: 'body';
}

/**
 * The statements of a script that put values into columns: `UPDATE`, `INSERT`, also with `ON CONFLICT DO UPDATE`, `MERGE`, `CREATE TABLE AS`,
 * `SELECT INTO`, `ALTER COLUMN … TYPE … USING` and `ADD COLUMN … GENERATED`; those of `WITH` and of `DO` blocks among them. Functions count that
 * the script makes for itself: it calls them, or takes them away again.
 * @param statements the parser must be loaded
 */
export function fillingsOf(statements: readonly Statement[]): Filling[] {
  const used = new Set(statements.filter(usesFunctions).flatMap(({ text }) => [...wordsIn(text)]));
  return statements.flatMap(({ type, tree, text }, place) => {
    if (type === null || (type === 'CreateFunctionStmt' && !used.has(functionOf(tree)))) return [];
    if (type !== 'DoStmt' && type !== 'CreateFunctionStmt') return readFillings({ type, tree, text }, place);
    const own = type === 'DoStmt' ? statementsInBody(bodyOf(tree) ?? '') : [];
    return [...own.flatMap((statement) => readFillings(statement, place)), ...bodyFilling(text, place)];
  });
}

function usesFunctions({ type, tree }: Statement): boolean {
  return CALLING.has(type) || (type === 'DropStmt' && ROUTINES.has(tree['removeType']));
}

const ROUTINES: ReadonlySet<unknown> = new Set(['OBJECT_FUNCTION', 'OBJECT_PROCEDURE', 'OBJECT_ROUTINE']);

function functionOf(tree: ParseNode): string {
  return stringOf((tree['funcname'] as unknown[]).at(-1)) ?? '';
}

/** The sources of functions that a script calls, whenever that is. */
export function fillingsInBodies(bodies: readonly string[]): BodyFilling[] {
  return bodies.flatMap((body) => bodyFilling(body, 0));
}

function bodyFilling(text: string, place: number): BodyFilling[] {
  const words = wordsIn(text);
  return WRITING.some((word) => words.has(word)) ? [{ kind: 'body', place, words }] : [];
}

const WRITING = ['update', 'insert', 'merge'];

function readFillings(
  { type, tree, text }: { type: string; tree: ParseNode; text: string },
  place: number,
): ReadFilling[] {
  const assignments = assignmentsIn({ [type]: tree });
  if (assignments.length === 0) return [];
  const common = {
    kind: 'read',
    place,
    words: wordsIn(text),
    relations: namedRelations([{ tree }]),
  } as const;
  return assignments.map((assignment) => ({ ...common, assignment }));
}
