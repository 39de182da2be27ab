import type { Migration } from '../../src/migrations/model.ts';
import type { EphemeralDatabase, Server } from '../../src/postgres/server.ts';
import { ServerError } from '../../src/postgres/server-error.ts';
import type { Session } from '../../src/postgres/session.ts';
import { runScript } from '../../src/replay/run-script.ts';
import { compareCatalogs } from '../oracles/catalog-judge.ts';
import { compareRows, type RowsText } from '../oracles/rows-judge.ts';
import { type DatabasePicture, pictureOf } from './database-picture.ts';
import type { NastyScenario } from './nasty-scenario.ts';

/** Differences that an equality allows, as the judge of catalogs tells them. */
const ACCEPTED = {
  exact: /^(?!)/,
  reordered: /^. column order: /,
  // PostgreSQL prints the list of an IN over varchar in another way once it has read its own text.
  equivalent: /^~ [^:]+: .*: (?:definition|expression|view|check|using|key)=/s,
} as const;

type Way = 'executor' | 'text';

/** As psql would with `-1` it is run under `pnpm test:long` as well: it takes as long again. */
const TRIES_TEXT = process.env['PIVOTAL_FLOW_LONG'] === '1';

/**
 * Takes a pair through a real database, as a team would, and judges it without our own proof: forward with its stash, what
 * an application writes, back, back once more, forward and back again.
 * @returns what is not as the scenario expects it, in words; empty when all is
 */
export async function judge(
  server: Server,
  scenario: NastyScenario,
  migration: Migration,
): Promise<string[]> {
  return new NastyTrial(server, scenario, migration).complaints();
}

class NastyTrial {
  readonly #server: Server;
  readonly #scenario: NastyScenario;
  readonly #migration: Migration;
  readonly #complaints: string[] = [];

  constructor(server: Server, scenario: NastyScenario, migration: Migration) {
    this.#server = server;
    this.#scenario = scenario;
    this.#migration = migration;
  }

  get #isOfCluster(): boolean {
    return this.#scenario.expected.cluster === true;
  }

  async complaints(): Promise<string[]> {
    const { base, seed, life, expected } = this.#scenario;
    const database = await this.#server.createDatabase();
    const before = await this.#on(database, async (session, url) => {
      await session.batch(base);
      await session.reset();
      if (seed.trim() !== '') await session.batch(seed);
      await session.reset();
      return this.#pictureOf(session, url);
    });
    // Roles hold on to every database, and a copy has no subscription: there it is the one database throughout.
    const applied = this.#isOfCluster ? database : await this.#server.createDatabase(database);
    const isApplied = await this.#on(applied, (session) => this.#forward(session, 'forward'));
    if (isApplied) {
      const ways: readonly Way[] =
        expected.alone === false || this.#isOfCluster || !TRIES_TEXT ? ['executor'] : ['executor', 'text'];
      for (const way of ways) await this.#back(applied, before, way);
      if (life !== null) for (const way of ways) await this.#backWithLife(applied, { before, life, way });
    }
    for (const one of new Set([applied, database])) await this.#server.dropDatabase(one);
    return this.#complaints;
  }

  /** Back, back once more, forward and back again. */
  #back(applied: EphemeralDatabase, before: DatabasePicture, way: Way): Promise<void> {
    return this.#inCopy(applied, async (session, url) => {
      const after = await this.#pictureOf(session, url);
      if (!(await this.#rollback(session, way, way))) return;
      await this.#compare(way, before, { session, url });
      if (!(await this.#rollback(session, way, `${way}, twice`))) return;
      await this.#compare(`${way}, twice`, before, { session, url });
      if (way === 'text' || !(await this.#forward(session, 'forward again'))) return;
      this.#compareApplied(after, await this.#pictureOf(session, url));
      if (await this.#rollback(session, way, 'back again'))
        await this.#compare('back again', before, { session, url });
    });
  }

  #backWithLife(
    applied: EphemeralDatabase,
    { before, life, way }: { before: DatabasePicture; life: string; way: Way },
  ): Promise<void> {
    const { expected } = this.#scenario;
    return this.#inCopy(applied, async (session, url) => {
      await session.batch(life);
      await session.reset();
      const lived = await this.#pictureOf(session, url);
      const error = await this.#run(session, way);
      if (expected.refuses !== undefined) {
        if (error === null) this.#complaints.push(`${way}, lived: does not refuse`);
        else if (!new RegExp(expected.refuses).test(error))
          this.#complaints.push(`${way}, lived: refuses with «${error}»`);
        this.#same(`${way}, lived and refused`, lived, await this.#pictureOf(session, url));
      } else if (error !== null) this.#complaints.push(`${way}, lived: fails with «${error}»`);
      else await this.#compare(`${way}, lived`, this.#withLife(before), { session, url });
    });
  }

  /** The rows before the migration, but for tables of which the scenario says what has to be in them. */
  #withLife(before: DatabasePicture): DatabasePicture {
    const wanted = this.#scenario.expected.rows ?? {};
    const tables = [...before.rows.tables].map(([name, table]) => {
      const rows = wanted[name]?.map((row) => row.replaceAll('|', '\t')) ?? table.rows;
      return [name, { ...table, rows: rows.toSorted() }] as const;
    });
    const unknown = Object.keys(wanted).filter((name) => !before.rows.tables.has(name));
    if (unknown.length > 0) throw new Error(`there is no table ${unknown.join(', ')}`);
    return { ...before, rows: { ...before.rows, tables: new Map(tables) } };
  }

  #pictureOf(session: Session, url: string): Promise<DatabasePicture> {
    return pictureOf(session, url, this.#isOfCluster ? 'cluster' : 'database');
  }

  async #compare(
    when: string,
    before: DatabasePicture,
    { session, url }: { session: Session; url: string },
  ): Promise<void> {
    const after = await this.#pictureOf(session, url);
    const { equality = 'exact', asks } = this.#scenario.expected;
    const differences = compareCatalogs(before.catalog, after.catalog);
    const others = differences.filter((line) => !ACCEPTED[equality].test(line));
    this.#complaints.push(...others.map((line) => `${when}: ${line}`));
    this.#compareRows(when, before.rows, after.rows);
    if (asks !== undefined) await this.#ask(when, session, asks);
  }

  async #ask(
    when: string,
    session: Session,
    { sql, answer }: { sql: string; answer: string },
  ): Promise<void> {
    try {
      const [, rows = []] = await session.batch(`BEGIN; ${sql}; ROLLBACK`);
      const given = String(Object.values(rows[0] ?? {})[0]);
      if (!new RegExp(answer).test(given)) this.#complaints.push(`${when}: ${sql} gives ${given}`);
    } catch (error) {
      if (!(error instanceof ServerError)) throw error;
      this.#complaints.push(`${when}: ${sql} fails with «${error.message}»`);
      await session.reset();
    }
  }

  #compareRows(when: string, before: RowsText, after: RowsText): void {
    this.#complaints.push(...compareRows(before, after).map((line) => `${when}: ${line}`));
  }

  #compareApplied(after: DatabasePicture, again: DatabasePicture): void {
    const differences = compareCatalogs(after.catalog, again.catalog);
    this.#complaints.push(...differences.map((line) => `forward again: ${line}`));
  }

  #same(when: string, before: DatabasePicture, after: DatabasePicture): void {
    const differences = compareCatalogs(before.catalog, after.catalog);
    this.#complaints.push(...differences.map((line) => `${when}: ${line}`));
    this.#compareRows(when, before.rows, after.rows);
  }

  async #forward(session: Session, when: string): Promise<boolean> {
    const run = await runScript(session, this.#migration.forward, () => performance.now());
    await session.reset();
    if (run.status === 'failed')
      this.#complaints.push(`${when}: fails with «${run.error.message}» at ${run.error.statement}`);
    return run.status === 'ok';
  }

  async #rollback(session: Session, way: Way, when: string): Promise<boolean> {
    const error = await this.#run(session, way);
    if (error !== null) this.#complaints.push(`${when}: fails with «${error}»`);
    return error === null;
  }

  /** @returns what the server said where it refused; the session is ready for the next script */
  async #run(session: Session, way: Way): Promise<string | null> {
    const { rollback } = this.#migration;
    if (rollback === null) throw new Error('there is no rollback to run');
    if (way === 'executor') {
      const run = await runScript(session, rollback, () => performance.now());
      await session.reset();
      return run.status === 'failed' ? run.error.message : null;
    }
    try {
      await session.batch(`BEGIN;\n${rollback.text}\nCOMMIT;`);
      return null;
    } catch (error) {
      if (error instanceof ServerError) return error.message;
      throw error;
    } finally {
      await session.reset();
    }
  }

  async #inCopy(
    database: EphemeralDatabase,
    work: (session: Session, url: string) => Promise<void>,
  ): Promise<void> {
    if (this.#isOfCluster) return this.#on(database, work);
    const copy = await this.#server.createDatabase(database);
    await this.#on(copy, work);
    await this.#server.dropDatabase(copy);
  }

  async #on<T>(database: EphemeralDatabase, work: (session: Session, url: string) => Promise<T>): Promise<T> {
    const session = await this.#server.connect(database);
    try {
      return await work(session, this.#server.databaseUrl(database));
    } finally {
      await session.close();
    }
  }
}
