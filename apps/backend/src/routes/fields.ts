import { Type } from '@fastify/type-provider-typebox';

/** A row's key. */
export const Id = Type.String({ format: 'uuid' });

/** A day, `yyyy-mm-dd`, of the years in which a business plans; PostgreSQL's calendar is wider, and has no year 0. */
export const Day = Type.String({ format: 'date', pattern: '^(19|20|21)' });

/** The path of one row. */
export const IdPath = Type.Object({ id: Id });

/** How much of a list is asked for: rows per page (50 when not given), and the `nextCursor` of the page before. */
export const PageFields = {
  limit: Type.Optional(Type.Integer({ minimum: 1, maximum: 100 })),
  cursor: Type.Optional(Type.String({ maxLength: 200 })),
};
