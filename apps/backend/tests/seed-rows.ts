import type pg from 'pg';

/** The rows that most tests need: one organization with its people and one customer. */
export interface SeededOrganization {
  readonly organizationId: string;
  readonly userId: string;
  readonly customerId: string;
  readonly projectId: string;
  readonly portalUserId: string;
}

/**
 * Writes an organization with a user, a customer, a project, and an active portal user of that customer.
 * @param slug tells organizations apart; names and addresses are made from it
 */
export async function seedOrganization(pool: pg.Pool, slug: string): Promise<SeededOrganization> {
  const idOf = async (text: string, values: readonly unknown[]) =>
    (await pool.query<{ id: string }>(`${text} RETURNING id`, [...values])).rows[0]!.id;
  const organizationId = await idOf('INSERT INTO organizations (name, slug) VALUES ($1, $1)', [slug]);
  const userId = await seedUser(pool, organizationId, `staff@${slug}.example`);
  const { customerId, portalUserId } = await seedCustomer(pool, organizationId, `${slug}-customer`);
  const projectId = await idOf(
    `INSERT INTO projects (organization_id, customer_id, reference, name, status) VALUES ($1, $2, 'P-1', 'First', 'active')`,
    [organizationId, customerId],
  );
  return { organizationId, userId, customerId, projectId, portalUserId };
}

/** Writes an active user of the organization. */
export async function seedUser(pool: pg.Pool, organizationId: string, email: string): Promise<string> {
  const { rows } = await pool.query<{ id: string }>(
    'INSERT INTO users (organization_id, email, display_name) VALUES ($1, $2, $2) RETURNING id',
    [organizationId, email],
  );
  return rows[0]!.id;
}

/** Writes a customer of the organization and an active portal user of the customer. */
export async function seedCustomer(
  pool: pg.Pool,
  organizationId: string,
  name: string,
): Promise<{ readonly customerId: string; readonly portalUserId: string }> {
  const customer = await pool.query<{ id: string }>(
    'INSERT INTO customers (organization_id, name) VALUES ($1, $2) RETURNING id',
    [organizationId, name],
  );
  const customerId = customer.rows[0]!.id;
  const portalUser = await pool.query<{ id: string }>(
    `INSERT INTO customer_portal_users (organization_id, customer_id, email, display_name, status)
     VALUES ($1, $2, $3, $3, 'active') RETURNING id`,
    [organizationId, customerId, `${name}@portal.example`],
  );
  return { customerId, portalUserId: portalUser.rows[0]!.id };
}
