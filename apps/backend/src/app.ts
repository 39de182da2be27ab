import { type TypeBoxTypeProvider, TypeBoxValidatorCompiler } from '@fastify/type-provider-typebox';
import fastify, { type FastifyInstance, type FastifyServerOptions } from 'fastify';
import type { Database } from './db/database.ts';
import type { JournalEntry } from './db/schema-version.ts';
import { answerErrors } from './routes/error-answers.ts';
import { exportJobRoutes } from './routes/export-jobs.ts';
import { healthRoutes } from './routes/health.ts';
import { portalRoutes } from './routes/portal.ts';
import { quoteRoutes } from './routes/quotes.ts';
import { resourceAllocationRoutes } from './routes/resource-allocations.ts';

/** What the application works with. */
export interface AppParts {
  readonly database: Database;
  /** The migrations that the code was written for. */
  readonly journal: readonly JournalEntry[];
  readonly exportFolder: string;
  readonly logger: NonNullable<FastifyServerOptions['logger']>;
}

/** Puts the application together; it does not listen yet. Closing it leaves the database open. */
export function buildApp({ database, journal, exportFolder, logger }: AppParts): FastifyInstance {
  const app = fastify({ logger }).withTypeProvider<TypeBoxTypeProvider>();
  app.setValidatorCompiler(TypeBoxValidatorCompiler);
  answerErrors(app);
  app.register(healthRoutes(database, journal));
  app.register(resourceAllocationRoutes(database));
  app.register(quoteRoutes(database));
  app.register(portalRoutes(database));
  app.register(exportJobRoutes(database, exportFolder));
  return app;
}
