import { EnvironmentError } from '../errors/environment-error.ts';
import { InputError } from '../errors/input-error.ts';
import { connect } from './connect.ts';
import { connectionFailure } from './connection-failure.ts';
import { maintenanceDatabase, placeOf, type ServerAddress } from './server-address.ts';
import type { Session } from './session.ts';

/**
 * Opens one connection to the database that a team runs.
 * @param url its URL, which may hold a password
 * @throws InputError when it is no URL of a PostgreSQL
 * @throws EnvironmentError when the connection cannot be made; without the password
 */
export async function connectTarget(url: string): Promise<Session> {
  if (!/^postgres(ql)?:\/\//.test(url)) {
    throw new InputError([
      {
        code: 'invalid-database',
        message: 'the target database has to be named by a URL that begins with postgres://',
        fix: 'set DATABASE_URL or --database, for example postgres://user:password@host:5432/app',
      },
    ]);
  }
  const address: ServerAddress = { kind: 'url', url };
  try {
    return await connect(address, maintenanceDatabase(address));
  } catch (error) {
    const { code, message, fix } = connectionFailure(error, placeOf(address));
    throw new EnvironmentError(code, message, fix.replace('; or use --server embedded', ''), {
      cause: error,
    });
  }
}
