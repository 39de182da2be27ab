import { belongingTo, eventTriggerFunctions, type Referrer, referrersOf } from '../data/named-objects.ts';
import { isNamedIn, type TableShape } from '../data/table-shape.ts';
import type { Migration, Script } from '../migrations/model.ts';
import type { Session } from '../postgres/session.ts';
import { namedRelations } from '../sql/named-relations.ts';
import { wordsIn } from '../sql/words.ts';
import { changedObjects, type RemovedRows } from './changed-objects.ts';

/** The tables that migrations are about, by names without schemas; or all, where that cannot be told. */
export type Concern = 'all' | ReadonlySet<string>;

/** One with further names. */
export function joined(concern: Concern, names: Iterable<string>): Concern {
  return concern === 'all' ? concern : new Set([...concern, ...names]);
}

/** Those of the tables that are named, and all that they refer to, which has to hold rows for them. */
export function concernedTables(concern: Concern, tables: readonly TableShape[]): readonly TableShape[] {
  if (concern === 'all') return tables;
  const holders = new Map<string, TableShape[]>();
  for (const table of tables) {
    for (const oid of new Set([table.oid, table.root]))
      holders.set(oid, [...(holders.get(oid) ?? []), table]);
  }
  const found = new Set(tables.filter((table) => isNamedIn(table, concern)));
  // What is added on the way is visited as well.
  for (const { foreignKeys } of found)
    for (const { target } of foreignKeys) for (const holder of holders.get(target) ?? []) found.add(holder);
  return tables.filter((table) => found.has(table));
}

/**
 * What the scripts of migrations may read or write, themselves or by what they call, in the database right before the
 * first of them. A table that holds no row shows nothing of an `UPDATE`, so that whatever is named anywhere counts, in
 * strings and bodies of functions as well; what the migrations make themselves is named by them.
 * @throws ServerError when the server refuses
 */
export async function concernOf(session: Session, migrations: readonly Migration[]): Promise<Concern> {
  const scripts = migrations.flatMap(({ forward, rollback, verify }) => [forward, rollback, verify]);
  const search = new Search(session);
  return search.from(scripts.filter((script) => script !== null));
}

class Search {
  readonly #session: Session;
  readonly #names = new Set<string>();
  readonly #parents = new Set<string>();
  readonly #types = new Set<string>();
  readonly #schemas = new Set<string>();
  readonly #removed: RemovedRows[] = [];
  #isDynamic = false;

  constructor(session: Session) {
    this.#session = session;
  }

  async from(scripts: readonly Script[]): Promise<Concern> {
    for (const { statements } of scripts) {
      for (const { text } of statements) this.#read(text);
      // A name may be written with escapes, which no reading of words sees.
      for (const name of namedRelations(statements)) this.#names.add(name);
    }
    for (const name of await eventTriggerFunctions(this.#session)) this.#names.add(name);
    const [asked, filled] = [new Set<string>(), new Set<string>()];
    for (;;) {
      if (this.#isDynamic) return 'all';
      await this.#addReferrers();
      const names = [...this.#names].filter((name) => !asked.has(name));
      const tables = [...this.#names, ...this.#parents].filter((name) => !filled.has(name));
      if (tables.length === 0) return this.#names;
      for (const name of names) asked.add(name);
      for (const name of tables) filled.add(name);
      await this.#ask(names, tables);
    }
  }

  async #ask(names: readonly string[], filled: readonly string[]): Promise<void> {
    const [types, schemas] = [[...this.#types], [...this.#schemas]];
    const found = await belongingTo(this.#session, { names, filled, types, schemas });
    for (const source of found.sources) this.#read(source);
    for (const name of found.names) this.#names.add(name);
    for (const name of found.parents) this.#parents.add(name);
  }

  #read(text: string): void {
    const changed = changedObjects(text);
    this.#isDynamic ||= changed.isDynamic;
    this.#removed.push(...changed.removed);
    for (const name of changed.types) this.#types.add(name);
    for (const name of changed.schemas) this.#schemas.add(name);
    for (const word of wordsIn(text)) this.#names.add(word);
  }

  /** Rows that refer to one that goes are in its way, or go or change with it. */
  async #addReferrers(): Promise<void> {
    const gone = new Set<string>();
    for (let open = this.#removed.splice(0); open.length > 0; ) {
      const targets = [...new Set(open.map(({ table }) => table))];
      const referrers = await referrersOf(this.#session, targets);
      for (const { table, columns } of open) if (columns === null) gone.add(table);
      const reached = referrers.filter((referrer) => open.some((removed) => isReached(referrer, removed)));
      for (const { table } of reached) this.#names.add(table);
      open = reached
        .filter(({ cascades, table }) => cascades && !gone.has(table))
        .map(({ table }) => ({ table, columns: null }));
    }
  }
}

function isReached({ target, columns: keys }: Referrer, { table, columns }: RemovedRows): boolean {
  return target === table && (columns === null || columns.some((column) => keys.includes(column)));
}
