import { guarded, statements } from '../draft.ts';
import { schemaExists } from '../guards.ts';
import { named } from '../kind-defaults.ts';

/** CREATE SCHEMA. `public` is there in every database, and is dropped like any other. */
export const schema = named('SCHEMA', {
  grantedOn: ({ name }) => `SCHEMA ${name}`,
  create: ({ name }) => statements(`CREATE SCHEMA IF NOT EXISTS ${name}`),
  alter: () => statements(),
  rename: ({ name }, to) => guarded(schemaExists(name), `ALTER SCHEMA ${name} RENAME TO ${to.name}`),
});
