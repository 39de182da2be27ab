import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import { pgPolicy } from 'drizzle-orm/pg-core';

/**
 * True for rows of the organization that the session works for, named by the setting `app.current_organization_id`.
 * Without the setting the condition is null, so that no row is visible.
 * @param organizationId the column that holds the row's organization
 */
export function belongsToCurrentOrganization(organizationId: SQLWrapper): SQL {
  // A setting that was made with SET LOCAL is an empty string, not null, once its transaction has ended.
  return sql`${organizationId} = nullif(current_setting('app.current_organization_id', true), '')::uuid`;
}

/**
 * The row-level policy of every table that belongs to a tenant: rows of other organizations can be neither read nor written.
 * The owner of the tables, who migrates them, is exempt (PostgreSQL manual, Row Security Policies).
 */
export function tenantIsolation() {
  const condition = belongsToCurrentOrganization(sql`organization_id`);
  return pgPolicy('tenant_isolation', { for: 'all', using: condition, withCheck: condition });
}
