import type { Owner } from './catalog-rows.ts';

/** Where the rows of all catalogs lie, so that a look at a block that was written tells which rows came and went. */
export class RowMirror {
  /** Lines of `rowsQuery` by catalog and block. */
  readonly #blocks = new Map<string, Map<number, readonly string[]>>();
  readonly #relationKinds = new Map<string, string>();
  /** Whether a table without write-ahead log was ever seen: its rows cannot be noticed. */
  sawUnlogged = false;

  /** Takes in all rows of a catalog. */
  fill(catalog: string, lines: string): void {
    const blocks = new Map<number, string[]>();
    for (const line of split(lines)) {
      const block = Number(line.slice(1, line.indexOf(',')));
      const known = blocks.get(block) ?? [];
      blocks.set(block, known);
      known.push(line);
      if (catalog === 'pg_class') this.#learnKind(ownersOf(line));
    }
    this.#blocks.set(catalog, blocks);
  }

  /**
   * Takes in the rows of one block as they are now.
   * @returns the owners of rows that came, went or changed
   */
  update(catalog: string, block: number, lines: string): Owner[] {
    const blocks = this.#blocks.get(catalog) ?? new Map<number, readonly string[]>();
    this.#blocks.set(catalog, blocks);
    const [before, now] = [blocks.get(block) ?? [], split(lines)];
    blocks.set(block, now);
    const owners = [...differences(now, before), ...differences(before, now)].flatMap(ownersOf);
    return catalog === 'pg_class' ? this.#learnKind(owners) : owners;
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
