import { jsonb, timestamp, uuid } from 'drizzle-orm/pg-core';

/** Free-form attributes that an organization attaches to its rows; always a JSON object. */
export type Metadata = Record<string, unknown>;

/** Primary key: a random UUID, so that one tenant cannot guess the keys of another. */
export const id = () => uuid('id').primaryKey().defaultRandom();

/** A point in time with its zone (`timestamptz`): stored in UTC, shown in the organization's time zone. */
export const instant = (name: string) => timestamp(name, { withTimezone: true });

/** When the row was written. */
export const createdAt = () => instant('created_at').notNull().defaultNow();

/** When the row last changed. */
export const updatedAt = () => instant('updated_at').notNull().defaultNow();

/** When the row was deleted for its users; `null` while it is alive. Rows are kept, so that a deletion can be taken back. */
export const deletedAt = () => instant('deleted_at');

/** The JSONB column for {@link Metadata}. */
export const metadata = () => jsonb('metadata').$type<Metadata>().notNull().default({});
