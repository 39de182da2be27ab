import type { Queries } from '../db/database.ts';
import { lockActiveUser } from '../repositories/people.ts';
import { projectExists } from '../repositories/projects.ts';
import {
  type Allocation,
  type AllocationValues,
  findAllocation,
  insertAllocation,
  listOverlapping,
  updateAllocation,
} from '../repositories/resource-allocations.ts';
import { RequestError } from '../request-error.ts';
import { findOverbooking } from './overbooking.ts';

/**
 * Plans a share of a user's time for a project.
 * @throws RequestError `unprocessable` when user, project or span is not as it should be, `conflict` when the user is
 * overbooked on a day
 */
export async function planAllocation(
  queries: Queries,
  organizationId: string,
  values: AllocationValues,
): Promise<Allocation> {
  await requireRoom(queries, organizationId, values, null);
  return insertAllocation(queries, organizationId, values);
}

/**
 * Changes an allocation; its user stays the same.
 * @throws RequestError `not_found`, and as {@link planAllocation}
 */
export async function changeAllocation(
  queries: Queries,
  organizationId: string,
  id: string,
  changes: Partial<Omit<AllocationValues, 'userId'>>,
): Promise<Allocation> {
  const before = await findAllocation(queries, organizationId, id);
  if (before === null) throw noAllocation(id);
  await requireUser(queries, organizationId, before.userId);
  // Read again: it may have changed until the user's row was ours.
  const now = await findAllocation(queries, organizationId, id);
  if (now === null) throw noAllocation(id);
  await requireRoom(queries, organizationId, { ...now, ...changes }, id);
  const changed = await updateAllocation(queries, organizationId, id, changes);
  if (changed === null) throw noAllocation(id);
  return changed;
}

/** The answer to a request for an allocation that is not there, or not of this organization. */
export function noAllocation(id: string): RequestError {
  return new RequestError('not_found', `There is no resource allocation ${id}.`);
}

async function requireRoom(
  queries: Queries,
  organizationId: string,
  wanted: AllocationValues,
  except: string | null,
): Promise<void> {
  if (wanted.endsOn < wanted.startsOn) {
    throw new RequestError('unprocessable', 'endsOn is before startsOn.', [{ field: 'endsOn' }]);
  }
  await requireUser(queries, organizationId, wanted.userId);
  if (!(await projectExists(queries, organizationId, wanted.projectId))) {
    throw new RequestError('unprocessable', 'The organization has no such project.', [
      { field: 'projectId' },
    ]);
  }
  const planned = await listOverlapping(queries, organizationId, wanted);
  const overbooking = findOverbooking(
    planned.filter((allocation) => allocation.id !== except),
    wanted,
  );
  if (overbooking === null) return;
  const { day, percent } = overbooking;
  throw new RequestError('conflict', `The user would be planned for ${percent} % on ${day}.`, overbooking);
}

async function requireUser(queries: Queries, organizationId: string, userId: string): Promise<void> {
  if (await lockActiveUser(queries, organizationId, userId)) return;
  throw new RequestError('unprocessable', 'The organization has no such active user.', [{ field: 'userId' }]);
}
