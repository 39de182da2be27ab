import type { FastifyInstance, InjectOptions } from 'fastify';
import { onTestFinished } from 'vitest';
import { buildApp } from '../src/app.ts';
import { type Database, openDatabase } from '../src/db/database.ts';
import { readJournal } from '../src/db/schema-version.ts';
import { createMigratedDatabase } from './database.ts';

/** The application on a database of its own, as a test talks to it. */
export interface RunningApp {
  readonly app: FastifyInstance;
  readonly database: Database;
  /** Sends a request and gives the answer's status and its JSON. */
  ask(
    method: 'GET' | 'POST' | 'PATCH' | 'DELETE',
    url: string,
    headers?: Record<string, string>,
    body?: unknown,
    // biome-ignore lint/suspicious/noExplicitAny: tests look into answers of many forms, and fail where they are wrong
  ): Promise<{ status: number; body: any }>;
}

/** Starts the application on a fresh migrated database, or on the given one; ends with the test. */
export async function startApp(given: { url?: string; exportFolder?: string } = {}): Promise<RunningApp> {
  const url = given.url ?? (await createMigratedDatabase()).url;
  const database = openDatabase(url, () => {});
  const journal = await readJournal();
  const app = buildApp({ database, journal, exportFolder: given.exportFolder ?? 'none', logger: false });
  onTestFinished(async () => {
    await app.close();
    await database.close();
  });
  return {
    app,
    database,
    ask: async (method, path, headers = {}, body) => {
      const request: InjectOptions = { method, url: path, headers };
      if (body !== undefined) request.payload = body as object;
      const answer = await app.inject(request);
      return { status: answer.statusCode, body: answer.body === '' ? null : answer.json() };
    },
  };
}

/** The headers of a request by a user of the organization. */
export function asUser({ organizationId, userId }: { organizationId: string; userId: string }) {
  return { 'x-organization-id': organizationId, 'x-user-id': userId };
}

/** The headers of a request by a portal user. */
export function asPortal({ organizationId, portalUserId }: { organizationId: string; portalUserId: string }) {
  return { 'x-organization-id': organizationId, 'x-portal-user-id': portalUserId };
}
