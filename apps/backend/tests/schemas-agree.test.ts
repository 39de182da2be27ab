import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { beforeAll, describe, expect, it } from 'vitest';
import type { Snapshot } from '../../../packages/engine/src/catalog/model.ts';
import { readSnapshot } from '../../../packages/engine/src/catalog/read-snapshot.ts';
import type { Change } from '../../../packages/engine/src/diff/change.ts';
import { compareSnapshots } from '../../../packages/engine/src/diff/compare-snapshots.ts';
import { loadParser } from '../../../packages/engine/src/sql/parser.ts';
import { openTestServer } from '../../../packages/engine/tests/server.ts';
import { createMigratedDatabase } from './database.ts';
import { prismaDdl } from './prisma-ddl.ts';

const BACKEND = fileURLToPath(new URL('..', import.meta.url));

/** Tables whose rows belong to one organization. */
const ISOLATED = [
  'audit_logs',
  'customer_portal_users',
  'customers',
  'export_jobs',
  'invoices',
  'payments',
  'projects',
  'quote_line_items',
  'quotes',
  'resource_allocations',
  'time_entries',
];

/** Tables whose `updated_at` a trigger keeps. */
const KEPT_UP_TO_DATE = [
  'customer_portal_users',
  'customers',
  'export_jobs',
  'invoices',
  'organizations',
  'projects',
  'quote_line_items',
  'quotes',
  'resource_allocations',
  'roles',
  'time_entries',
  'users',
];

const COMMENTED = [
  'column public.customer_portal_users.password_hash',
  'column public.customers.billing_address',
  'column public.customers.email',
  'column public.customers.email_as_entered',
  'column public.users.display_name',
  'column public.users.email',
  'table public.customer_portal_users',
  'table public.customers',
  'table public.users',
];

/** What neither schema language has words for: written in the migrations by hand. */
const IN_MIGRATIONS_ONLY = [
  'missing schema drizzle',
  'missing table drizzle.__drizzle_migrations',
  'missing routine public.record_invoice_status_change()',
  'missing routine public.set_updated_at()',
  'missing trigger record_invoice_status_change on public.invoices',
  ...KEPT_UP_TO_DATE.map((table) => `missing trigger set_updated_at on public.${table}`),
  ...COMMENTED.map((object) => `${object}: comment`),
];

/** What Prisma has no words for, and Drizzle has. */
const BEYOND_PRISMA = [
  // An identity column is a serial one to Prisma.
  'column public.audit_logs.id: default',
  'column public.audit_logs.id: identity',
  'sequence public.audit_logs_id_seq: ownership',
  // A list is never null to Prisma's client, and its column may be.
  'column public.roles.permissions: notNull',
  // The expression of a generated column.
  'column public.quote_line_items.line_total: generated',
  'column public.quote_line_items.line_total: generatedKind',
  // CHECK constraints.
  'missing constraint payments_amount_positive on public.payments',
  'missing constraint quote_line_items_quantity_positive on public.quote_line_items',
  'missing constraint resource_allocations_percent on public.resource_allocations',
  'missing constraint resource_allocations_span on public.resource_allocations',
  'missing constraint time_entries_duration_positive on public.time_entries',
  // Partial indexes, and indexes on expressions.
  'missing index public.customer_portal_users_email_key',
  'missing index public.customers_organization_name_idx',
  'missing index public.export_jobs_queue_idx',
  'missing index public.invoices_unpaid_idx',
  'missing index public.projects_organization_status_idx',
  'missing index public.quotes_customer_alive_idx',
  'missing index public.quotes_open_idx',
  'missing index public.resource_allocations_user_idx',
  'missing index public.time_entries_unbilled_idx',
  'missing index public.users_organization_email_key',
  // Row-level security.
  ...ISOLATED.map((table) => `missing policy tenant_isolation on public.${table}`),
  ...ISOLATED.map((table) => `table public.${table}: rowSecurity`),
  'missing view public.outstanding_invoices',
];

/** Defaults that are the same value in other words, as the migrations and as Prisma write them. */
const SAME_DEFAULTS = new Map([
  ['now()', 'CURRENT_TIMESTAMP'],
  [`'0'::numeric`, '0'],
  [`'1'::numeric`, '1'],
  [`'{}'::text[]`, 'ARRAY[]::text[]'],
]);

describe('the schema that the migrations make', () => {
  let migrated: Snapshot;

  beforeAll(async () => {
    await loadParser();
    const { url } = await createMigratedDatabase();
    migrated = await snapshotOf(new URL(url).pathname.slice(1));
  });

  it('is the one that the Prisma schema says, as far as Prisma can say it', async () => {
    const ddl = await prismaDdl(`${BACKEND}prisma/schema.prisma`);
    const differences = differencesOf(migrated, await snapshotAfter(ddl));
    expect(differences).toEqual([...IN_MIGRATIONS_ONLY, ...BEYOND_PRISMA].sort());
  });

  it('is the one that the Drizzle schema says, as far as Drizzle can say it', async () => {
    const drizzleKit = `${BACKEND}node_modules/drizzle-kit/bin.cjs`;
    const { stdout } = await promisify(execFile)(process.execPath, [drizzleKit, 'export'], { cwd: BACKEND });
    const differences = differencesOf(migrated, await snapshotAfter(stdout));
    expect(differences).toEqual([...IN_MIGRATIONS_ONLY, 'view public.outstanding_invoices: comment'].sort());
  });
});

async function snapshotAfter(ddl: string): Promise<Snapshot> {
  const server = await openTestServer();
  const database = await server.createDatabase();
  const session = await server.connect(database);
  try {
    await session.execute(ddl);
  } finally {
    await session.close();
  }
  return snapshotOf(database.name);
}

async function snapshotOf(name: string): Promise<Snapshot> {
  const session = await (await openTestServer()).connect({ name });
  try {
    return await readSnapshot(session);
  } finally {
    await session.close();
  }
}

/** One line for each object that is only in one of the two, and for each attribute that differs. */
function differencesOf(migrations: Snapshot, schema: Snapshot): string[] {
  return compareSnapshots(migrations, schema, 'by-name').changes.flatMap(linesOf).sort();
}

function linesOf(change: Change): string[] {
  if (change.change === 'different') {
    return change.attributes
      .filter(({ equivalent }) => !equivalent)
      .filter(({ attribute, before, after }) => {
        return attribute !== 'default' || SAME_DEFAULTS.get(String(before)) !== after;
      })
      .map(({ attribute }) => `${change.before.key}: ${attribute}`);
  }
  if (change.change === 'missing' || change.change === 'extra')
    return [`${change.change} ${change.object.key}`];
  const object = change.change === 'reordered' ? change.parent : change.before;
  return [`${change.change} ${object.key}`];
}
