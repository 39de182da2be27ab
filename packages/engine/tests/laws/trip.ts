import type { Script } from '../../src/migrations/model.ts';
import type { EphemeralDatabase, Server } from '../../src/postgres/server.ts';
import type { Session } from '../../src/postgres/session.ts';
import { runIsolated, type ScriptError } from '../../src/replay/run-script.ts';
import type { RowsText } from '../oracles/rows-judge.ts';
import { Camera, type DatabasePicture } from '../rollback/database-picture.ts';
import { CATALOGS } from './catalogs.ts';

/** One database that scripts are run in, one after the other, with a look at it now and then. */
export class Trip {
  readonly session: Session;
  readonly #camera: Camera;

  private constructor(session: Session, camera: Camera) {
    this.session = session;
    this.#camera = camera;
  }

  static async in(server: Server, database: EphemeralDatabase): Promise<Trip> {
    const url = server.databaseUrl(database);
    return new Trip(await server.connect(database), await Camera.on(url, CATALOGS));
  }

  /** @returns why it failed; `null` where it did not */
  async run(script: Script): Promise<ScriptError | null> {
    const run = await runIsolated(this.session, script, () => performance.now());
    return run.status === 'failed' ? run.error : null;
  }

  picture(): Promise<DatabasePicture> {
    return this.#camera.picture();
  }

  rows(): Promise<RowsText> {
    return this.#camera.rows();
  }

  async close(): Promise<void> {
    await Promise.all([this.session.close(), this.#camera.close()]);
  }
}
