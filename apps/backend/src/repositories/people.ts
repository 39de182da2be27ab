import { and, eq, isNull } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { customerPortalUsers, customers, organizations, users } from '../db/schema/index.ts';

/** Whether the user belongs to the organization and may work: both are there, and the user is active. */
export async function findActiveUser(
  queries: Queries,
  organizationId: string,
  userId: string,
): Promise<boolean> {
  const found = await queries
    .select({ id: users.id })
    .from(users)
    .innerJoin(organizations, eq(organizations.id, users.organizationId))
    .where(and(isActiveUser(organizationId, userId), isNull(organizations.deletedAt)));
  return found.length > 0;
}

/**
 * Holds the user's row until the transaction ends, so that two plans for one user are made one after the other.
 * @returns whether there is such a user, active
 */
export async function lockActiveUser(
  queries: Queries,
  organizationId: string,
  userId: string,
): Promise<boolean> {
  const found = await queries
    .select({ id: users.id })
    .from(users)
    .where(isActiveUser(organizationId, userId))
    // Not FOR UPDATE: rows that refer to the user (time entries, say) may be written meanwhile.
    .for('no key update');
  return found.length > 0;
}

/** The customer of a portal user who may sign in; `null` when there is none. */
export async function findActivePortalUser(
  queries: Queries,
  organizationId: string,
  portalUserId: string,
): Promise<{ readonly customerId: string } | null> {
  const [found] = await queries
    .select({ customerId: customerPortalUsers.customerId })
    .from(customerPortalUsers)
    .innerJoin(customers, eq(customers.id, customerPortalUsers.customerId))
    .innerJoin(organizations, eq(organizations.id, customerPortalUsers.organizationId))
    .where(
      and(
        eq(customerPortalUsers.organizationId, organizationId),
        eq(customers.organizationId, organizationId),
        eq(customerPortalUsers.id, portalUserId),
        eq(customerPortalUsers.status, 'active'),
        isNull(customerPortalUsers.deletedAt),
        isNull(customers.deletedAt),
        isNull(organizations.deletedAt),
      ),
    );
  return found ?? null;
}

function isActiveUser(organizationId: string, userId: string) {
  return and(
    eq(users.organizationId, organizationId),
    eq(users.id, userId),
    eq(users.isActive, true),
    isNull(users.deletedAt),
  );
}
