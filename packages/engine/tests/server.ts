import { afterAll } from 'vitest';
import { openServer } from '../src/postgres/open-server.ts';
import type { Server } from '../src/postgres/server.ts';
import { parseServerOption } from '../src/postgres/server-request.ts';
import { surroundingsOf } from '../src/postgres/surroundings.ts';

/** Which server tests run on, as `--server` takes it. */
export const TEST_SERVER = process.env['PIVOTAL_FLOW_TEST_SERVER'] ?? 'embedded';

let shared: Promise<Server> | null = null;

/**
 * The server that the tests of a file share: what PIVOTAL_FLOW_TEST_SERVER names (as `--server`), else the embedded one.
 * It is closed after the file's last test. Call it in a test or a hook, not before.
 */
export function openTestServer(): Promise<Server> {
  shared ??= openServer(parseServerOption(TEST_SERVER), testSurroundings());
  return shared;
}

/** The surroundings of the test process; progress goes nowhere. */
export function testSurroundings(
  tell: (message: string) => void = () => {},
): ReturnType<typeof surroundingsOf> {
  return surroundingsOf(process, tell);
}

afterAll(async () => {
  const server = shared;
  shared = null;
  await (await server)?.close();
});
