import { EnvironmentError } from '../errors/environment-error.ts';
import { redactUrl } from './redact-url.ts';

/** What the errors of a connection that could not be made mean, by the driver's or the server's code. */
const MEANINGS: Readonly<Record<string, readonly [code: string, what: string, fix: string]>> = {
  ECONNREFUSED: [
    'server-unreachable',
    'nothing accepts connections there',
    'start the server, or check host and port',
  ],
  ENOENT: [
    'server-unreachable',
    'there is no such socket',
    'start the server, or check the socket folder and the port',
  ],
  ENOTFOUND: ['server-unreachable', 'the host name is unknown', 'check the host name'],
  EAI_AGAIN: [
    'server-unreachable',
    'the host name could not be looked up',
    'check the network and the host name',
  ],
  EACCES: [
    'server-unreachable',
    'this account may not use the socket',
    'check the permissions of the socket',
  ],
  '28P01': ['authentication-failed', 'the password was refused', 'check user and password in the URL'],
  '28000': [
    'authentication-failed',
    'the server refused the login',
    "check the user in the URL and the server's pg_hba.conf",
  ],
  '3D000': [
    'no-such-database',
    'the database in the URL does not exist',
    'name an existing database, for example /postgres',
  ],
  '53300': [
    'too-many-connections',
    'the server has no connection left',
    'close other clients, or raise max_connections',
  ],
  '57P03': ['server-unreachable', 'the server is starting up or shutting down', 'try again in a moment'],
};

/**
 * Makes an error of the driver presentable.
 * @param place where the connection was meant to go, without password
 */
export function connectionFailure(error: unknown, place: string): EnvironmentError {
  const message = error instanceof Error ? error.message : String(error);
  const key = (error as { code?: unknown } | null)?.code;
  const [code, what, fix] = (typeof key === 'string' ? MEANINGS[key] : undefined) ?? [
    'server-unreachable',
    'the connection could not be made',
    'check the URL, the network and whether the server is a PostgreSQL that accepts connections from here',
  ];
  const reason = message === '' ? '' : ` (${redactUrl(message)})`;
  return new EnvironmentError(
    code,
    `cannot connect to PostgreSQL at ${place}: ${what}${reason}`,
    `${fix}; or use --server embedded`,
    {
      cause: error,
    },
  );
}
