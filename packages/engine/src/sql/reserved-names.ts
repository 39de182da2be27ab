/** Every database that we create begins with this; nothing else is ever dropped. */
export const DATABASE_PREFIX = 'pivotal_flow_';

/** Schemas that belong to Drizzle's and our own bookkeeping, and are not part of the application's schema. */
export const BOOKKEEPING_SCHEMAS: readonly string[] = ['pivotal_flow', 'pivotal_flow_stash'];

/** Where data is that migrations set aside. */
export const STASH_SCHEMA = 'pivotal_flow_stash';
