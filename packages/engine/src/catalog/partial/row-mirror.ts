import type { Owner } from './catalog-rows.ts';

/** A block that was written, and what `rowsQuery` gives for it now. */
export interface WrittenBlock {
  readonly catalog: string;
  readonly block: number;
  readonly lines: string;
}

/** What became of the rows of blocks that were written. */
export interface RowChanges {
  /** Owners of rows that came, went or changed. */
  readonly owners: readonly Owner[];
  /** Those of them that have no row of their own any more: nothing is left of them to be read. */
  readonly gone: ReadonlySet<Owner>;
}

/** Where the rows of all catalogs lie, so that a look at a block that was written tells which rows came and went. */
export class RowMirror {
  /** Lines of `rowsQuery` by catalog and block. */
  readonly #blocks = new Map<string, Map<number, readonly string[]>>();
  readonly #relationKinds = new Map<string, string>();
  /** Whether a table without write-ahead log was ever seen: its rows cannot be noticed. */
  sawUnlogged = false;

  /** Takes in all rows of a catalog. */
  fill(catalog: string, lines: string): void {
    if (catalog === 'pg_class') for (const line of split(lines)) this.#learnKind(ownersOf(line));
    this.#blocks.set(catalog, byBlock(lines));
  }

  /** Takes in all rows of a catalog as they are now. */
  updateAll(catalog: string, lines: string): RowChanges {
    const now = byBlock(lines);
    const blocks = new Set([...(this.#blocks.get(catalog)?.keys() ?? []), ...now.keys()]);
    return this.update(
      [...blocks].map((block) => ({ catalog, block, lines: (now.get(block) ?? []).join('\n') })),
    );
  }

  /** Takes in the rows of some blocks as they are now. */
  update(blocks: readonly WrittenBlock[]): RowChanges {
    const owners = new Set<Owner>();
    const [come, gone] = [new Set<Owner>(), new Set<Owner>()];
    for (const { catalog, block, lines } of blocks) {
      const known = this.#blocks.get(catalog) ?? new Map<number, readonly string[]>();
      this.#blocks.set(catalog, known);
      const [before, now] = [known.get(block) ?? [], split(lines)];
      known.set(block, now);
      for (const [changed, own] of [
        [differences(now, before), come],
        [differences(before, now), gone],
      ] as const) {
        for (const line of changed) {
          const named = catalog === 'pg_class' ? this.#learnKind(ownersOf(line)) : ownersOf(line);
          for (const owner of named) owners.add(owner);
          // A row names first whose own it is, if it is anybody's.
          if (named[0]?.startsWith(`${catalog}/`)) own.add(named[0]);
        }
      }
    }
    return { owners: [...owners], gone: new Set([...gone].filter((owner) => !come.has(owner))) };
  }

  /** `relkind` of a relation that is or was there. */
  relationKind(oid: string): string | undefined {
    return this.#relationKinds.get(oid);
  }

  /** @returns the owners without what was learnt */
  #learnKind(owners: readonly Owner[]): Owner[] {
    return owners.map((owner) => {
      const [object = '', kind] = owner.split(':');
      if (kind === 'u') this.sawUnlogged = true;
      // A table that became a view and back leaves rows of both: then the kind is not sure.
      if (kind !== undefined) {
        const oid = object.slice('pg_class/'.length);
        const known = this.#relationKinds.get(oid);
        this.#relationKinds.set(oid, known === undefined || known === kind ? kind : 'changed');
      }
      return object;
    });
  }
}

function byBlock(lines: string): Map<number, string[]> {
  const blocks = new Map<number, string[]>();
  for (const line of split(lines)) {
    const block = Number(line.slice(1, line.indexOf(',')));
    const known = blocks.get(block) ?? [];
    blocks.set(block, known);
    known.push(line);
  }
  return blocks;
}

function split(lines: string): string[] {
  return lines === '' ? [] : lines.split('\n');
}

function ownersOf(line: string): Owner[] {
  return line.split(' ').slice(2);
}

function differences(lines: readonly string[], others: readonly string[]): string[] {
  const known = new Set(others);
  return lines.filter((line) => !known.has(line));
}
