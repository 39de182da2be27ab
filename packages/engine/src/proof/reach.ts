import {
  eventTriggerFunctions,
  type Lead,
  type LeadKind,
  leadsFrom,
  type Referrer,
  referrersOf,
  tablesOfTypes,
} from '../data/named-objects.ts';
import type { Migration, Script } from '../migrations/model.ts';
import type { Session } from '../postgres/session.ts';
import { namedRelations } from '../sql/named-relations.ts';
import { wordsIn } from '../sql/words.ts';
import { type ChangedObjects, changedObjects, type RemovedRows } from './changed-objects.ts';
import type { Concern } from './concern.ts';

/** What is known of what leads where, by name. */
interface Leads {
  readonly leads: Map<string, Lead[]>;
  readonly referrers: Map<string, Referrer[]>;
}

/**
 * What scripts may read or write, themselves or by what they call, in the database right before the first of them. A
 * table that holds no row shows nothing of an `UPDATE`, so that whatever is named anywhere counts, in strings and bodies
 * of functions as well; what the scripts make themselves is named by them.
 */
export class Reach {
  readonly #readings = new Map<string, Reading>();
  readonly #leads = new Map<string, Lead[]>();
  readonly #referrers = new Map<string, Referrer[]>();
  /** Functions that any statement may call. */
  readonly #always: readonly string[];

  private constructor(always: readonly string[]) {
    this.#always = always;
  }

  /**
   * Reads what leads away from all that the migrations name.
   * @throws ServerError when the server refuses
   */
  static async of(session: Session, migrations: readonly Migration[]): Promise<Reach> {
    const reach = new Reach(await eventTriggerFunctions(session));
    const scripts = migrations.flatMap(({ forward, rollback, verify }) => [forward, rollback, verify]);
    for (;;) {
      const { visited, types, removed } = reach.#walk(scripts.filter((script) => script !== null));
      const open = [...visited].filter((name) => !reach.#leads.has(name));
      const targets = [...removed].filter((name) => !reach.#referrers.has(name));
      if (open.length === 0 && targets.length === 0) return reach;
      for (const name of open) reach.#leads.set(name, []);
      for (const lead of [...(await leadsFrom(session, open)), ...(await tablesOfTypes(session, [...types]))])
        reach.#leads.get(lead.of)?.push(lead);
      for (const name of targets) reach.#referrers.set(name, []);
      for (const referrer of await referrersOf(session, targets))
        reach.#referrers.get(referrer.target)?.push(referrer);
    }
  }

  /** The tables that some of those migrations' scripts are about. */
  from(scripts: readonly Script[]): Concern {
    const { names, isDynamic } = this.#walk(scripts);
    return isDynamic ? 'all' : names;
  }

  #walk(scripts: readonly Script[]): Walk {
    const walk = new Walk({ leads: this.#leads, referrers: this.#referrers }, (text) => this.#reading(text));
    for (const { statements } of scripts) {
      for (const { text } of statements) walk.read(text);
      // A name may be written with escapes, which no reading of words sees.
      for (const name of namedRelations(statements)) walk.name(name);
    }
    for (const name of this.#always) walk.name(name);
    walk.toItsEnd();
    return walk;
  }

  #reading(text: string): Reading {
    const known = this.#readings.get(text);
    if (known !== undefined) return known;
    const reading = { words: wordsIn(text), changed: changedObjects(text) };
    this.#readings.set(text, reading);
    return reading;
  }
}

interface Reading {
  readonly words: ReadonlySet<string>;
  readonly changed: ChangedObjects;
}

/** One walk along what is known of what leads where. */
class Walk {
  readonly #known: Leads;
  readonly #reading: (text: string) => Reading;
  readonly names = new Set<string>();
  /** All that it came by, tables that only have to hold rows for others among it. */
  readonly visited = new Set<string>();
  /** Names of types that are changed. */
  readonly types = new Set<string>();
  /** Names of tables of which rows may go. */
  readonly removed = new Set<string>();
  isDynamic = false;
  readonly #open: (() => void)[] = [];
  readonly #done = new Set<string>();

  constructor(known: Leads, reading: (text: string) => Reading) {
    this.#known = known;
    this.#reading = reading;
  }

  read(text: string): void {
    this.#once('source', text, () => {
      const { words, changed } = this.#reading(text);
      this.isDynamic ||= changed.isDynamic;
      for (const word of words) this.name(word);
      for (const type of changed.types) {
        this.types.add(type);
        this.#follow(type, ['of-type']);
      }
      for (const schema of changed.schemas) this.#follow(schema, ['of-schema']);
      for (const rows of changed.removed) this.#remove(rows);
    });
  }

  name(name: string): void {
    this.names.add(name);
    this.#follow(name, ['source', 'name', 'called', 'parent']);
  }

  toItsEnd(): void {
    for (let next = this.#open.pop(); next !== undefined; next = this.#open.pop()) next();
  }

  #follow(of: string, kinds: readonly LeadKind[]): void {
    this.visited.add(of);
    this.#once(kinds.join(), of, () => {
      for (const { kind, to } of this.#known.leads.get(of) ?? []) {
        if (!kinds.includes(kind)) continue;
        if (kind === 'source') this.read(to);
        else if (kind === 'parent') this.#follow(to, ['called', 'parent']);
        else this.name(to);
      }
    });
  }

  /** Rows that refer to one that goes are in its way, or go or change with it. */
  #remove({ table, columns }: RemovedRows): void {
    this.removed.add(table);
    this.#once('removed', JSON.stringify([table, columns]), () => {
      for (const referrer of this.#known.referrers.get(table) ?? []) {
        if (columns !== null && !columns.some((column) => referrer.columns.includes(column))) continue;
        this.name(referrer.table);
        if (referrer.cascades) this.#remove({ table: referrer.table, columns: null });
      }
    });
  }

  #once(what: string, of: string, work: () => void): void {
    const key = `${what} ${of}`;
    if (this.#done.has(key)) return;
    this.#done.add(key);
    this.#open.push(work);
  }
}
