import type { CatalogObject } from '../../catalog/model.ts';
import { bodyEffects, type RowEffect, rowEffects } from '../../data/row-effects.ts';
import { partsOfName, unquotedPart } from '../../sql/qualified-name.ts';
import type { Statement } from '../../sql/statement.ts';
import { wordsIn } from '../../sql/words.ts';
import { Attributes } from '../attributes.ts';
import type { Sides } from '../side.ts';
import { tablesCalled } from './tables-called.ts';

/** What a script can do to rows. */
export interface Reached {
  readonly effects: readonly RowEffect[];
  /** What puts together texts that write rows, which nobody can read beforehand: `a DO block`, `public.purge()`. */
  readonly unread: readonly string[];
  /** Sources of the functions that it calls, or that fire. */
  readonly bodies: readonly string[];
}

/** The source of a function. */
interface Source {
  /** As it is told. */
  readonly name: string;
  readonly plainName: string;
  readonly text: string;
}

/**
 * What the statements of a script can do to rows, also by functions that they call and by triggers of tables that they write to, as far as
 * the sources of those can be read.
 * @param statements of a forward script; the parser must be loaded
 * @param sides before the migration and after it
 */
export function reachedEffects(statements: readonly Statement[], sides: Sides): Reached {
  const sources = sourcesIn(sides);
  const effects: RowEffect[] = [];
  const unread = new Set<string>();
  const visited = new Set<Source>();
  const read = (text: string, name: string) => {
    if (writesMadeUpText(text)) unread.add(name);
    const words = wordsIn(text);
    for (const source of sources) if (words.has(source.plainName)) visit(source);
  };
  const visit = (source: Source) => {
    if (visited.has(source)) return;
    visited.add(source);
    for (const effect of bodyEffects(source.text)) take(effect);
    read(source.text, source.name);
  };
  const take = (effect: RowEffect) => {
    effects.push(effect);
    for (const source of triggeredBy(effect, sides, sources)) {
      const columns = effect.does === 'update' ? assignedIn(source.text) : [];
      if (columns.length > 0) effects.push({ ...effect, columns });
      visit(source);
    }
  };
  for (const effect of rowEffects(statements)) take(effect);
  for (const { type, text } of statements.filter((statement) => CALLING.has(statement.type)))
    read(text, type === 'DoStmt' ? 'a DO block' : 'a statement');
  return { effects, unread: [...unread], bodies: [...visited].map(({ text }) => text) };
}

/** Statements that run functions on rows or by themselves. */
export const CALLING: ReadonlySet<string | null> = new Set([
  'SelectStmt',
  'CallStmt',
  'DoStmt',
  'InsertStmt',
  'UpdateStmt',
  'DeleteStmt',
  'MergeStmt',
]);

function sourcesIn({ before, after }: Sides): Source[] {
  const found = new Map<string, Source>();
  for (const routine of [...before.ofKind('routine'), ...after.ofKind('routine')]) {
    const attributes = new Attributes(routine);
    const text = attributes.text('body') ?? attributes.text('standardBody');
    const plainName = unquotedPart(partsOfName(routine.name.replace(/\(.*$/s, '')).at(-1) ?? '');
    if (text !== null) found.set(`${routine.name} ${text}`, { name: routine.name, plainName, text });
  }
  return [...found.values()];
}

/** Texts that are put together out of others, where one of them is of a statement that writes rows. */
function writesMadeUpText(text: string): boolean {
  return (
    /\bexecute\s+(?!(?:'(?:[^']|'')*'|function\b|procedure\b)\s*(?:;|using\b|into\b|$))/i.test(text) &&
    /'[^']*\b(?:insert\s+into|update|delete\s+from|merge\s+into|truncate)\b/i.test(text)
  );
}

function triggeredBy(effect: RowEffect, sides: Sides, sources: readonly Source[]): Source[] {
  const event = effect.does === 'truncate-cascade' ? 'TRUNCATE' : effect.does.toUpperCase();
  const names = tablesCalled(effect, sides)
    .flatMap((table) => triggersOf(table, sides))
    .flatMap((definition) => {
      const [head = ''] = definition.split(' ON ');
      const name = /EXECUTE FUNCTION (.*?)\(/s.exec(definition)?.[1];
      return name === undefined || !head.includes(event) ? [] : unquotedPart(partsOfName(name).at(-1) ?? '');
    });
  return sources.filter(({ plainName }) => names.includes(plainName));
}

/** Definitions of the triggers that a table has before the migration or after it. */
function triggersOf(table: CatalogObject, { before, after }: Sides): string[] {
  const now = after.byIdentity(table.identity);
  const triggers = [
    ...before.children(table, 'trigger'),
    ...(now === undefined ? [] : after.children(now, 'trigger')),
  ];
  return triggers.map((trigger) => new Attributes(trigger).text('definition') ?? '');
}

/** Columns of its row that a trigger sets. */
function assignedIn(text: string): string[] {
  return [...text.matchAll(/\bnew\s*\.\s*("(?:[^"]|"")+"|[\w$]+)\s*:?=/gi)].map(([, name = '']) =>
    name.startsWith('"') ? unquotedPart(name) : name.toLowerCase(),
  );
}
