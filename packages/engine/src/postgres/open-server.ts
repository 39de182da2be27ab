import { EnvironmentError } from '../errors/environment-error.ts';
import { connect } from './connect.ts';
import { connectionFailure } from './connection-failure.ts';
import { runToken } from './database-name.ts';
import { DatabaseServer } from './database-server.ts';
import { startCluster } from './embedded/cluster.ts';
import { mayNotCreate } from './ephemeral-databases.ts';
import { takeRunLock } from './run-lock.ts';
import type { Server } from './server.ts';
import type { ServerAddress } from './server-address.ts';
import { maintenanceDatabase, placeOf } from './server-address.ts';
import type { ServerRequest } from './server-request.ts';
import type { Session } from './session.ts';
import type { Surroundings } from './surroundings.ts';

/** `server_version_num` of the oldest PostgreSQL that is supported. */
const OLDEST = 140000;

/**
 * Starts or reaches a server for ephemeral databases, and drops what killed runs have left on it.
 * @throws EnvironmentError when there is none to be had, or it cannot be used; the message names what to do
 */
export async function openServer(request: ServerRequest, surroundings: Surroundings): Promise<Server> {
  if (request.kind === 'url') return await openAt({ kind: 'url', url: request.url }, null, surroundings);
  const cluster = await startCluster(request.major, surroundings);
  try {
    return await openAt(cluster.address, () => cluster.stop(), surroundings);
  } catch (error) {
    await cluster.stop();
    throw error;
  }
}

async function openAt(
  address: ServerAddress,
  stop: (() => Promise<void>) | null,
  surroundings: Surroundings,
): Promise<Server> {
  const place = placeOf(address);
  const session = await connect(address, maintenanceDatabase(address)).catch((error: unknown) => {
    throw connectionFailure(error, place);
  });
  try {
    const facts = await readFacts(session, place);
    const token = runToken(surroundings.randomBytes(8));
    await takeRunLock(session, token);
    const maintenance = { session, token, made: new Map<string, string>(), ...facts };
    const server = new DatabaseServer({ address, maintenance, stop, ...facts });
    await server.dropAbandoned();
    return server;
  } catch (error) {
    await session.close();
    throw error;
  }
}

/** What is asked of a server once. */
interface Facts {
  readonly version: string;
  readonly versionNumber: number;
  readonly user: string;
  readonly identity: string;
  readonly identitySql: string;
}

async function readFacts(session: Session, place: string): Promise<Facts> {
  const [row] = await session.query(`SELECT current_setting('server_version') AS version,
    current_setting('server_version_num')::int AS number, current_user::text AS user`);
  const version = String(row?.['version']).split(' ')[0] ?? '';
  const versionNumber = Number(row?.['number']);
  const user = String(row?.['user']);
  if (versionNumber < OLDEST) throw tooOld(version, place);
  await keepAlive(session);
  const [more] = await session.query(`SELECT
    (SELECT rolsuper OR rolcreatedb FROM pg_catalog.pg_roles WHERE rolname = current_user) AS creates,
    pg_catalog.has_function_privilege('pg_catalog.pg_control_system()', 'EXECUTE') AS system`);
  if (more?.['creates'] !== true) throw mayNotCreate(user);
  const identitySql = more['system'] === true ? `${START_SQL} || ' ' || ${SYSTEM_SQL}` : START_SQL;
  const [is] = await session.query(`SELECT ${identitySql} AS identity`);
  return { version, versionNumber, user, identity: String(is?.['identity']), identitySql };
}

/** The connection idles for as long as migrations run, and must notice at once when we are killed. */
async function keepAlive(session: Session): Promise<void> {
  await session.query('SET idle_session_timeout = 0');
  // Refused where the server's system cannot watch a socket.
  await session.query(`SET client_connection_check_interval = '200ms'`).catch(() => {});
}

/** Address and start of the server, to tell two servers apart. */
const START_SQL = `pg_catalog.concat_ws(' ', pg_catalog.inet_server_addr(), pg_catalog.inet_server_port(),
  pg_catalog.date_part('epoch', pg_catalog.pg_postmaster_start_time()))`;

/** The number that initdb gave to the cluster (manual 9.28.4, "Control Data Functions"). */
const SYSTEM_SQL = '(SELECT system_identifier FROM pg_catalog.pg_control_system())::text';

function tooOld(version: string, place: string): EnvironmentError {
  return new EnvironmentError(
    'server-too-old',
    `the server at ${place} is PostgreSQL ${version}; the oldest that is supported is 14`,
    'name a newer server in --server, or use --server embedded',
  );
}
