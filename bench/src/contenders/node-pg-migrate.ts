import { runner } from 'node-pg-migrate';
import type { Contender } from './contender.ts';

/** Failures come as exceptions. */
const silent = { info: () => {}, warn: () => {}, error: () => {} };

/** Its own programming interface, in this process. */
export const nodePgMigrate: Contender = {
  name: 'node-pg-migrate',
  what: 'its runner in this process, a transaction each',
  run: async ({ chain, folders, databaseUrl }) => {
    const started = performance.now();
    const applied = await runner({
      databaseUrl,
      dir: folders.nodePgMigrate,
      direction: 'up',
      count: Number.POSITIVE_INFINITY,
      migrationsTable: 'pgmigrations',
      singleTransaction: false,
      logger: silent,
    });
    const ms = performance.now() - started;
    if (applied.length !== chain.length) throw new Error(`it applied ${applied.length} of ${chain.length}`);
    return ms;
  },
};
