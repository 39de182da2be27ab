import type { Server } from '../../src/postgres/server.ts';
import type { Session } from '../../src/postgres/session.ts';
import {
  type CatalogDifference,
  type CatalogText,
  catalogDifferences,
  judgeCatalog,
} from '../oracles/catalog-judge.ts';
import type { DumpText } from '../oracles/dump-judge.ts';

/** What both judges saw of a database at one moment. */
export interface Picture {
  readonly catalog: CatalogText;
  readonly dump: DumpText;
}

/** How equal two pictures are, as far as the judges can tell. */
export type JudgedEquality = 'exact' | 'equivalent' | 'reordered' | 'different';

/** What the catalog judge calls texts that PostgreSQL prints, or keeps as they were written. */
const TEXTS =
  /^(definition|expression|view|bound|using|check|filter|key|arguments|sqlbody|prosrc|typdefault)=/;

/**
 * Equal without the snapshot's and the comparison's help. Two schemas that PostgreSQL prints differently mean the
 * same when their dumps, restored into empty databases, give equal catalogs: reading its own text once more brings
 * every expression into the form that stays. White space counts only inside quotes.
 */
export async function judgedEquality(server: Server, a: Picture, b: Picture): Promise<JudgedEquality> {
  const differences = catalogDifferences(a.catalog, b.catalog);
  if (differences.length === 0) return 'exact';
  if (differences.every((difference) => difference.catalog === 'column order')) return 'reordered';
  // What the dump does not see, its restoring cannot judge.
  if (!differences.every(isOfTexts) || a.dump.text === b.dump.text) return 'different';
  const [restoredA, restoredB] = [await restored(server, a.dump), await restored(server, b.dump)];
  const equal = catalogDifferences(withoutSpaces(restoredA), withoutSpaces(restoredB)).length === 0;
  return equal ? 'equivalent' : 'different';
}

function isOfTexts({ change, columns }: CatalogDifference): boolean {
  return change === 'different' && columns.every(({ before }) => TEXTS.test(before));
}

async function restored(server: Server, dump: DumpText): Promise<CatalogText> {
  return inNewDatabase(server, async (session) => {
    await session.batch(dump.restorable);
    return judgeCatalog(session, 'database');
  });
}

/** Runs something on an empty database, which is dropped afterwards. */
export async function inNewDatabase<T>(
  server: Server,
  work: (session: Session, url: string) => Promise<T>,
): Promise<T> {
  const database = await server.createDatabase();
  const session = await server.connect(database);
  try {
    return await work(session, server.databaseUrl(database));
  } finally {
    await session.close();
    await server.dropDatabase(database);
  }
}

function withoutSpaces(text: CatalogText): CatalogText {
  const catalogs = [...text.catalogs].map(([name, lines]) => [name, lines.map(collapsed).sort()] as const);
  return { catalogs: new Map(catalogs), hash: '' };
}

function collapsed(line: string): string {
  return line.split('\u001f').map(collapsedPart).join('\u001f');
}

function collapsedPart(text: string): string {
  return text
    .split(/('(?:[^']|'')*')/)
    .map((part, index) => (index % 2 === 1 ? part : part.replaceAll(/\s+/g, ' ')))
    .join('')
    .replace(/^(\w+=) /, '$1')
    .trim();
}
