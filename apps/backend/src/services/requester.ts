import type { IncomingHttpHeaders } from 'node:http';
import type { Database, Queries } from '../db/database.ts';
import { findActivePortalUser, findActiveUser } from '../repositories/people.ts';
import { RequestError } from '../request-error.ts';

/** A user of an organization. */
export interface Staff {
  readonly organizationId: string;
  readonly userId: string;
}

/** A person of a customer, who may see what concerns that customer. */
export interface PortalUser {
  readonly organizationId: string;
  readonly customerId: string;
}

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/**
 * Runs work for the user that `x-organization-id` and `x-user-id` name, in one transaction of that organization.
 *
 * The application does not authenticate: a gateway in front of it does, removes these headers from what comes from
 * outside, and sets them. Here is checked that they name somebody who may work.
 * @throws RequestError `not_identified` when they do not name an active user of the organization
 */
export function asStaff<Result>(
  database: Database,
  headers: IncomingHttpHeaders,
  work: (queries: Queries, staff: Staff) => Promise<Result>,
): Promise<Result> {
  const organizationId = uuidOf(headers, 'x-organization-id');
  const userId = uuidOf(headers, 'x-user-id');
  return database.inOrganization(organizationId, async (queries) => {
    if (!(await findActiveUser(queries, organizationId, userId))) {
      throw new RequestError('not_identified', 'The headers name no active user of the organization.');
    }
    return work(queries, { organizationId, userId });
  });
}

/**
 * Runs work for the portal user that `x-organization-id` and `x-portal-user-id` name; as {@link asStaff}.
 * @throws RequestError `not_identified` when they do not name an active portal user of a customer of the organization
 */
export function asPortalUser<Result>(
  database: Database,
  headers: IncomingHttpHeaders,
  work: (queries: Queries, portalUser: PortalUser) => Promise<Result>,
): Promise<Result> {
  const organizationId = uuidOf(headers, 'x-organization-id');
  const portalUserId = uuidOf(headers, 'x-portal-user-id');
  return database.inOrganization(organizationId, async (queries) => {
    const found = await findActivePortalUser(queries, organizationId, portalUserId);
    if (found === null) {
      throw new RequestError('not_identified', 'The headers name no active portal user of the organization.');
    }
    return work(queries, { organizationId, customerId: found.customerId });
  });
}

function uuidOf(headers: IncomingHttpHeaders, name: string): string {
  const value = headers[name];
  if (typeof value === 'string' && UUID.test(value)) return value;
  throw new RequestError('not_identified', `The header ${name} is missing or is no UUID.`);
}
