import { type SQL, type SQLWrapper, sql } from 'drizzle-orm';
import type { PgColumn } from 'drizzle-orm/pg-core';
import { RequestError } from '../request-error.ts';

/** One page of a list, newest rows first. */
export interface Page<Row> {
  readonly items: readonly Row[];
  /** Names the page that follows; `null` on the last one. */
  readonly nextCursor: string | null;
}

/** How much of a list is asked for. */
export interface PageRequest {
  readonly limit: number;
  readonly cursor?: string | undefined;
}

const POSITION = /^(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z) ([0-9a-f-]{36})$/;

/** Where a row stands in the list. As text, since a JavaScript date has milliseconds and would lose rows of the same one. */
export function positionOf(createdAt: PgColumn, id: PgColumn): SQL<string> {
  return sql<string>`to_char(${createdAt} AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') || ' ' || ${id}`;
}

/**
 * The condition for rows after the cursor's row, in descending order of time and key.
 * @returns `undefined` for the first page
 * @throws RequestError `bad_request` when the cursor is not one that we gave
 */
export function afterCursor(
  createdAt: SQLWrapper,
  id: SQLWrapper,
  cursor: string | undefined,
): SQL | undefined {
  if (cursor === undefined) return undefined;
  const position = POSITION.exec(Buffer.from(cursor, 'base64url').toString('latin1'));
  if (position === null) throw new RequestError('bad_request', 'The cursor is not the nextCursor of a page.');
  return sql`(${createdAt}, ${id}) < (${position[1]}::timestamptz, ${position[2]}::uuid)`;
}

/**
 * Makes a page of rows that were read with one more than the limit, which tells whether there are more.
 */
export function pageOf<Row extends { readonly position: string }>(
  rows: readonly Row[],
  limit: number,
): Page<Omit<Row, 'position'>> {
  const shown = rows.slice(0, limit);
  const last = shown.at(-1);
  const nextCursor =
    rows.length > limit && last !== undefined ? Buffer.from(last.position).toString('base64url') : null;
  return { items: shown.map(({ position: _, ...row }) => row), nextCursor };
}
