import type { EphemeralDatabase, Server } from '../../src/postgres/server.ts';
import type { Session } from '../../src/postgres/session.ts';
import { describe } from '../../src/proof/draft-rollback.ts';
import type { DescribedCatalog } from '../../src/rollback/side.ts';
import { Camera, type DatabasePicture } from '../rollback/database-picture.ts';
import { CATALOGS } from './catalogs.ts';
import { LandReader } from './land.ts';
import { type Draw, fillTables, type MadeUpScript, madeUpScript } from './made-up-script.ts';
import { readTablePlaces, type TablePlaces } from './table-places.ts';

/** A database with a schema and rows, which migrations are made up for and tried on copies of. */
export class Ground {
  /** How it was made, as SQL. */
  readonly text: string;
  readonly picture: DatabasePicture;
  readonly places: TablePlaces;
  readonly #server: Server;
  /** Copied again and again, so that nobody is ever connected to it. */
  readonly #template: EphemeralDatabase;
  readonly #bench: Bench;
  /** Nothing is ever written to it. */
  readonly #frozen: EphemeralDatabase;
  #described: Promise<DescribedCatalog> | null = null;

  private constructor(
    server: Server,
    seen: Pick<Ground, 'text' | 'picture' | 'places'>,
    databases: { readonly template: EphemeralDatabase; readonly frozen: EphemeralDatabase; bench: Bench },
  ) {
    this.text = seen.text;
    this.picture = seen.picture;
    this.places = seen.places;
    this.#server = server;
    this.#template = databases.template;
    this.#frozen = databases.frozen;
    this.#bench = databases.bench;
  }

  /**
   * Makes up a schema, and puts rows into its tables.
   * @throws ServerError when the connection breaks
   */
  static async madeUp(server: Server, draws: readonly Draw[], rows: readonly number[]): Promise<Ground> {
    const template = await server.createDatabase();
    const session = await server.connect(template);
    await session.batch(`create schema app; ${ROLES}`);
    const reader = new LandReader(session);
    const made = await madeUpScript(session, draws, { reader, end: 'commit' });
    const filled = await fillTables(session, { reader, picks: rows });
    const places = await readTablePlaces(session);
    await session.close();
    const camera = await Camera.on(server.databaseUrl(template), CATALOGS);
    const picture = await camera.picture();
    await camera.close();
    const text = ['create schema app', ...(made?.statements ?? []), ...filled].join(';\n');
    const frozen = await server.createDatabase(template);
    const bench = await Bench.on(server, await server.createDatabase(template));
    return new Ground(server, { text, picture, places }, { template, frozen, bench });
  }

  copy(): Promise<EphemeralDatabase> {
    return this.#server.createDatabase(this.#template);
  }

  /** A session on a copy that nothing is ever written to. */
  frozen(): Promise<Session> {
    return this.#server.connect(this.#frozen);
  }

  describe(): Promise<DescribedCatalog> {
    this.#described ??= this.#read();
    return this.#described;
  }

  /** Makes up what a migration does here, and takes it back. */
  madeUpMigration(draws: readonly Draw[]): Promise<MadeUpScript | null> {
    return this.#bench.madeUp(draws);
  }

  async close(): Promise<void> {
    await this.#bench.close();
    for (const database of [this.#frozen, this.#bench.database, this.#template])
      await this.#server.dropDatabase(database);
  }

  async #read(): Promise<DescribedCatalog> {
    const session = await this.frozen();
    try {
      return await describe(session);
    } finally {
      await session.close();
    }
  }
}

/** Roles outlive the database. */
const ROLES = ['law_reader', 'law_writer']
  .map((role) => `do $$ begin create role ${role}; exception when duplicate_object then null; end $$`)
  .join(';\n');

/** Where migrations are made up, each in a transaction that is taken back: only sequences move on by it. */
class Bench {
  readonly database: EphemeralDatabase;
  readonly #session: Session;
  readonly #reader: LandReader;

  private constructor(database: EphemeralDatabase, session: Session) {
    this.database = database;
    this.#session = session;
    this.#reader = new LandReader(session);
  }

  static async on(server: Server, database: EphemeralDatabase): Promise<Bench> {
    return new Bench(database, await server.connect(database));
  }

  madeUp(draws: readonly Draw[]): Promise<MadeUpScript | null> {
    return madeUpScript(this.#session, draws, { reader: this.#reader, end: 'rollback' });
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}
