import pg from 'pg';
import { createDatabaseUnlessThere, openDevelopmentDatabase } from '../db/development-database.ts';
import { CommandFailure } from './failure.ts';

/** The database that a command is about. */
export type Target =
  /** What `DATABASE_URL` names. */
  | { readonly kind: 'url'; readonly url: string; readonly place: string; readonly isLocal: boolean }
  /** The project's own database for development, as `DATABASE_URL` names none. */
  | { readonly kind: 'development'; readonly place: string; readonly isLocal: true };

/**
 * Reads which database is meant.
 * @throws CommandFailure 2 when `DATABASE_URL` is no PostgreSQL URL
 */
export function targetOf(environment: Readonly<Record<string, string | undefined>>): Target {
  const text = environment['DATABASE_URL']?.trim() ?? '';
  if (text === '') return { kind: 'development', place: 'the development database', isLocal: true };
  // A socket URL may have no host between "@" and "/", which the URL standard refuses and PostgreSQL allows.
  const standard = text.replace('@/', '@localhost/');
  if (!/^postgres(ql)?:\/\//i.test(text) || !URL.canParse(standard)) {
    throw new CommandFailure(
      2,
      'DATABASE_URL is not the URL of a PostgreSQL database.',
      '  It looks like postgres://user:password@host:5432/database; it is not shown here, as it may hold a password.',
    );
  }
  const url = new URL(standard);
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname);
  const port = url.searchParams.get('port') ?? (url.port || '5432');
  const place = `${host === '' ? 'localhost' : host}:${port}${url.pathname}`;
  return { kind: 'url', url: text, place, isLocal: isLocalHost(host) };
}

/** Whether a host is this machine: by name, by loopback address, or by the folder of a socket. */
function isLocalHost(host: string): boolean {
  const name = host.toLowerCase().replace(/^\[|\]$/g, '');
  return name === '' || name.startsWith('/') || /^(.+\.)?localhost$/.test(name) || isLoopback(name);
}

function isLoopback(address: string): boolean {
  return /^(::ffff:)?127(\.\d+){1,3}$/.test(address) || address === '::1' || address === '0.0.0.0';
}

/** Whether a database that is not there may be made: only the one for development is ours to make. */
type Creation = 'create' | 'expect';

/**
 * Runs work on a connection to the target, alone among the commands of this backend: others wait until it is done.
 * @throws CommandFailure 3 when there is no connection
 */
export async function onTarget<Result>(
  target: Target,
  creation: Creation,
  tell: (line: string) => void,
  work: (client: pg.Client) => Promise<Result>,
): Promise<Result> {
  const development = target.kind === 'development' ? await openDevelopmentDatabase(tell) : null;
  try {
    const url = target.kind === 'url' ? target.url : (development?.url ?? '');
    if (development !== null && creation === 'create') await createDatabaseUnlessThere(url);
    const client = await connect(url, target);
    try {
      await waitForOthers(client, tell);
      return await work(client);
    } finally {
      await client.end();
    }
  } finally {
    await development?.close();
  }
}

const LOCK = `hashtext('pivotal_flow_backend.migrations')`;

/** Takes the lock that is held until the connection ends; the migrator itself has none. */
async function waitForOthers(client: pg.Client, tell: (line: string) => void): Promise<void> {
  const { rows } = await client.query<{ taken: boolean }>(`SELECT pg_try_advisory_lock(${LOCK}) AS taken`);
  if (rows[0]?.taken === true) return;
  tell('Another migration is under way on this database; waiting for it to end.');
  await client.query(`SELECT pg_advisory_lock(${LOCK})`);
}

async function connect(url: string, { kind, place }: Target): Promise<pg.Client> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 10_000 });
  client.on('error', () => {});
  try {
    await client.connect();
    return client;
  } catch (error) {
    const { code, message } = error as { code?: string; message: string };
    const next =
      kind === 'development'
        ? 'Create it: ALLOW_LOCAL_DB_CREATION=yes pnpm --filter @pivotal-flow/backend drizzle:migrate'
        : 'Start it, or correct DATABASE_URL.';
    throw new CommandFailure(
      3,
      `There is no connection to PostgreSQL at ${place}: ${message || code}.`,
      '  Nothing was changed.',
      `  ${next}`,
    );
  }
}
