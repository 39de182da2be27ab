import type { Session } from '../../postgres/session.ts';
import { type Owner, rowsQuery } from './catalog-rows.ts';
import { isPickable } from './picked-kinds.ts';
import { RowMirror, type WrittenBlock } from './row-mirror.ts';
import type { LogReading } from './write-ahead-log.ts';

/**
 * Which objects were written in a database since a copy was made of it: PostgreSQL copies a database block by block
 * (manual, CREATE DATABASE), so that a row that nobody touched has the same place in both.
 *
 * @param reading what the write-ahead log says of the database since then
 * @param sides a session on the copy, and one on the database itself
 * @returns `null` where the log is not sure, or something was written that is only read with the whole catalog
 * @throws ServerError when the server refuses a query
 */
export async function writtenSince(
  reading: LogReading,
  { before, after }: { readonly before: Session; readonly after: Session },
): Promise<readonly Owner[] | null> {
  if (reading.kind === 'unknown') return null;
  const places = [...reading.blocks].flatMap(([catalog, numbers]) =>
    numbers.flatMap((block) => {
      const query = rowsQuery(catalog, `'(${block},0)'`, `'(${block + 1},0)'`);
      return query === null ? [] : [{ catalog, block, query }];
    }),
  );
  const mirror = new RowMirror();
  mirror.update(await linesOf(places, before));
  const { owners } = mirror.update(await linesOf(places, after));
  const isKnown = (owner: Owner) => isPickable(owner) && mirror.relationKind(oidOf(owner)) !== 'f';
  return owners.every(isKnown) ? owners : null;
}

interface Place {
  readonly catalog: string;
  readonly block: number;
  readonly query: string;
}

async function linesOf(places: readonly Place[], session: Session): Promise<WrittenBlock[]> {
  if (places.length === 0) return [];
  const results = await session.batch(places.map(({ query }) => query).join(';'));
  return places.map(({ catalog, block }, index) => ({
    catalog,
    block,
    lines: String(results[index]?.[0]?.['lines'] ?? ''),
  }));
}

function oidOf(owner: Owner): string {
  return owner.slice(owner.indexOf('/') + 1);
}
