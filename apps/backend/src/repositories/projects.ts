import { and, eq, isNull } from 'drizzle-orm';
import type { Queries } from '../db/database.ts';
import { projects } from '../db/schema/index.ts';

/** Whether the organization has this project. */
export async function projectExists(queries: Queries, organizationId: string, id: string): Promise<boolean> {
  const found = await queries
    .select({ id: projects.id })
    .from(projects)
    .where(and(eq(projects.organizationId, organizationId), eq(projects.id, id), isNull(projects.deletedAt)));
  return found.length > 0;
}
