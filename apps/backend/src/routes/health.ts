import type { FastifyPluginAsync } from 'fastify';
import type { Database } from '../db/database.ts';
import {
  compareSchemaVersion,
  type JournalEntry,
  readApplied,
  type SchemaVersion,
} from '../db/schema-version.ts';

/** What `/health` answers: 200 when all is well, else 503. */
type Health =
  | { readonly status: 'ok'; readonly database: 'reachable'; readonly schema: SchemaVersion }
  | { readonly status: 'schema-mismatch'; readonly database: 'reachable'; readonly schema: SchemaVersion }
  | { readonly status: 'database-unreachable'; readonly database: 'unreachable' };

/**
 * Whether the application can do its work: the database answers, and its schema is the one that the code expects.
 * @param journal the migrations that the code was written for
 */
export function healthRoutes(database: Database, journal: readonly JournalEntry[]): FastifyPluginAsync {
  return async (app) => {
    app.get('/health', async (request, reply) => {
      const applied = await readApplied(database.pool).catch((error: unknown) => {
        request.log.error(error, 'The database does not answer.');
        return null;
      });
      const health = healthOf(applied && compareSchemaVersion(journal, applied));
      return reply.code(health.status === 'ok' ? 200 : 503).send(health);
    });
  };
}

function healthOf(schema: SchemaVersion | null): Health {
  if (schema === null) return { status: 'database-unreachable', database: 'unreachable' };
  return { status: schema.asExpected ? 'ok' : 'schema-mismatch', database: 'reachable', schema };
}
