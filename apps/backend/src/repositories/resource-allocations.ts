import { and, asc, eq, gte, isNull, lte, type SQL, sql } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { resourceAllocations } from '../db/schema/index.ts';

/** What is written of an allocation. Days are `yyyy-mm-dd`, both ends included. */
export interface AllocationValues {
  readonly userId: string;
  readonly projectId: string;
  readonly startsOn: string;
  readonly endsOn: string;
  readonly allocationPercent: number;
  readonly note: string | null;
}

/** An allocation that is not deleted. */
export interface Allocation extends AllocationValues {
  readonly id: string;
}

/** Which allocations are listed. What is not given is not asked about. */
export interface AllocationFilter {
  readonly userId?: string | undefined;
  readonly projectId?: string | undefined;
  /** The first and the last day of interest: allocations that have a day in between are listed. */
  readonly from?: string | undefined;
  readonly to?: string | undefined;
}

const COLUMNS = {
  id: resourceAllocations.id,
  userId: resourceAllocations.userId,
  projectId: resourceAllocations.projectId,
  startsOn: resourceAllocations.startsOn,
  endsOn: resourceAllocations.endsOn,
  allocationPercent: resourceAllocations.allocationPercent,
  note: resourceAllocations.note,
};

/** The allocations that match, by their first day. */
export function listAllocations(
  queries: Queries,
  organizationId: string,
  { userId, projectId, from, to }: AllocationFilter,
): Promise<Allocation[]> {
  return queries
    .select(COLUMNS)
    .from(resourceAllocations)
    .where(
      and(
        isAlive(organizationId),
        userId ? eq(resourceAllocations.userId, userId) : undefined,
        projectId ? eq(resourceAllocations.projectId, projectId) : undefined,
        from ? gte(resourceAllocations.endsOn, from) : undefined,
        to ? lte(resourceAllocations.startsOn, to) : undefined,
      ),
    )
    .orderBy(asc(resourceAllocations.startsOn), asc(resourceAllocations.id));
}

/** The user's allocations that share a day with the span. */
export function listOverlapping(
  queries: Queries,
  organizationId: string,
  { userId, startsOn, endsOn }: Pick<AllocationValues, 'userId' | 'startsOn' | 'endsOn'>,
): Promise<Allocation[]> {
  return listAllocations(queries, organizationId, { userId, from: startsOn, to: endsOn });
}

/** The allocation; `null` when it is not there or deleted. */
export async function findAllocation(
  queries: Queries,
  organizationId: string,
  id: string,
): Promise<Allocation | null> {
  const [found] = await queries.select(COLUMNS).from(resourceAllocations).where(isAlive(organizationId, id));
  return found ?? null;
}

/** Writes an allocation and returns it with its key. */
export async function insertAllocation(
  queries: Queries,
  organizationId: string,
  values: AllocationValues,
): Promise<Allocation> {
  const { userId, projectId, startsOn, endsOn, allocationPercent, note } = values;
  const [written] = await queries
    .insert(resourceAllocations)
    .values({ organizationId, userId, projectId, startsOn, endsOn, allocationPercent, note })
    .returning(COLUMNS);
  if (written === undefined) throw new Error('INSERT … RETURNING gave no row.');
  return written;
}

/** Changes the allocation; `null` when it is not there or deleted. `updated_at` is set by the database. */
export async function updateAllocation(
  queries: Queries,
  organizationId: string,
  id: string,
  changes: Partial<AllocationValues>,
): Promise<Allocation | null> {
  const [changed] = await queries
    .update(resourceAllocations)
    .set(changes)
    .where(isAlive(organizationId, id))
    .returning(COLUMNS);
  return changed ?? null;
}

/** Marks the allocation as deleted; says whether it was there. */
export async function deleteAllocation(
  queries: Queries,
  organizationId: string,
  id: string,
): Promise<boolean> {
  const deleted = await queries
    .update(resourceAllocations)
    .set({ deletedAt: sql`now()` })
    .where(isAlive(organizationId, id))
    .returning({ id: resourceAllocations.id });
  return deleted.length > 0;
}

function isAlive(organizationId: string, id?: string): SQL | undefined {
  return and(
    eq(resourceAllocations.organizationId, organizationId),
    isNull(resourceAllocations.deletedAt),
    id ? eq(resourceAllocations.id, id) : undefined,
  );
}
