/** How a server is reached. Holds the password: for connecting, never for messages. */
export type ServerAddress =
  | {
      readonly kind: 'socket';
      /** The folder that holds the socket. */
      readonly folder: string;
      readonly port: number;
      readonly user: string;
    }
  | { readonly kind: 'url'; readonly url: string };

/** The database for the maintenance connection, where a URL names none. */
const DEFAULT_DATABASE = 'postgres';

/** The database that an address names, for the connection that creates and drops others. */
export function maintenanceDatabase(address: ServerAddress): string {
  if (address.kind === 'socket') return DEFAULT_DATABASE;
  const path = parseUrl(address.url).pathname.slice(1);
  return path === '' ? DEFAULT_DATABASE : decodeURIComponent(path);
}

/**
 * The URL of a database on that server, for the driver and for other programs. Host, port, user and parameters stay.
 * It may hold a password.
 */
export function databaseUrl(address: ServerAddress, database: string): string {
  const path = encodeURIComponent(database);
  if (address.kind === 'socket') {
    const folder = encodeURIComponent(address.folder);
    return `postgresql:///${path}?host=${folder}&port=${address.port}&user=${encodeURIComponent(address.user)}`;
  }
  const url = parseUrl(address.url);
  url.pathname = `/${path}`;
  url.searchParams.delete('dbname');
  applyLibpqMeaning(url);
  return url.hostname === STAND_IN_HOST ? url.href.replace(`@${STAND_IN_HOST}`, '@') : url.href;
}

/** Host and port as people name them, with no user and no password. */
export function placeOf(address: ServerAddress): string {
  if (address.kind === 'socket') return address.folder;
  const url = parseUrl(address.url);
  const host = url.searchParams.get('host') ?? decodeURIComponent(url.hostname);
  const port = url.searchParams.get('port') ?? url.port;
  return `${host === '' || host === STAND_IN_HOST ? 'localhost' : host}:${port === '' ? '5432' : port}`;
}

const STAND_IN_HOST = 'socket.invalid';

/** `postgres://user@/db?host=/path` is good for PostgreSQL and not for the URL standard. */
function parseUrl(url: string): URL {
  return new URL(URL.canParse(url) ? url : url.replace('@/', `@${STAND_IN_HOST}/`));
}

/**
 * `sslmode=require` encrypts and verifies nothing (PostgreSQL manual 34.19.1, table "SSL Mode Descriptions"); the driver
 * reads it as `verify-full` unless told otherwise, so that a URL which works in psql would fail here.
 */
function applyLibpqMeaning(url: URL): void {
  const mode = url.searchParams.get('sslmode');
  if ((mode === 'require' || mode === 'prefer') && !url.searchParams.has('uselibpqcompat')) {
    url.searchParams.set('uselibpqcompat', 'true');
  }
}
