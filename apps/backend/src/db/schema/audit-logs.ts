import { bigint, index, jsonb, pgTable, uuid, varchar } from 'drizzle-orm/pg-core';
import { instant } from './columns.ts';
import { organizations } from './organizations.ts';
import { tenantIsolation } from './tenant-isolation.ts';
import { users } from './users.ts';

/** Who did what, in the order of `id`. Rows are only ever added. */
export const auditLogs = pgTable(
  'audit_logs',
  {
    id: bigint('id', { mode: 'bigint' }).primaryKey().generatedAlwaysAsIdentity(),
    organizationId: uuid('organization_id')
      .notNull()
      .references(() => organizations.id),
    /** `null` where the system itself acted. */
    userId: uuid('user_id').references(() => users.id),
    action: varchar('action', { length: 80 }).notNull(),
    entityType: varchar('entity_type', { length: 80 }).notNull(),
    entityId: uuid('entity_id').notNull(),
    changes: jsonb('changes').$type<Record<string, unknown>>().notNull().default({}),
    occurredAt: instant('occurred_at').notNull().defaultNow(),
  },
  (table) => [
    index('audit_logs_organization_occurred_idx').on(
      table.organizationId,
      table.occurredAt.desc().nullsFirst(),
    ),
    index('audit_logs_entity_idx').on(table.entityType, table.entityId),
    tenantIsolation(),
  ],
);
