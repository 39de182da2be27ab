import { connect } from './connect.ts';
import { connectionFailure } from './connection-failure.ts';
import { DEFAULT_MAJOR } from './embedded/platform.ts';
import { maintenanceDatabase, placeOf } from './server-address.ts';
import type { ServerRequest } from './server-request.ts';

/**
 * The major version of the server that a request would give, without starting one; one behind a URL is asked.
 * @throws EnvironmentError when it cannot be reached
 */
export async function serverMajor(request: ServerRequest): Promise<number> {
  if (request.kind === 'embedded') return request.major ?? DEFAULT_MAJOR;
  const address = { kind: 'url', url: request.url } as const;
  const session = await connect(address, maintenanceDatabase(address)).catch((error: unknown) => {
    throw connectionFailure(error, placeOf(address));
  });
  try {
    const [row] = await session.query(`select current_setting('server_version_num')::int as number`);
    return Math.floor(Number(row?.['number']) / 10_000);
  } finally {
    await session.close();
  }
}
