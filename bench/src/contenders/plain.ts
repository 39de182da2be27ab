import pg from 'pg';
import type { Contender } from './contender.ts';

/** What applying costs at least: every statement by itself, one transaction for each migration. */
export const plain: Contender = {
  name: 'plain application',
  what: 'the forward scripts over one connection, a transaction each',
  run: async ({ chain, databaseUrl }) => {
    const client = new pg.Client({ connectionString: databaseUrl });
    await client.connect();
    const started = performance.now();
    for (const { up } of chain) {
      await client.query('BEGIN');
      for (const statement of up) await client.query(statement);
      await client.query('COMMIT');
    }
    const ms = performance.now() - started;
    await client.end();
    return ms;
  },
};
