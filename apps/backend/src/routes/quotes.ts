import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Database } from '../db/database.ts';
import type { Metadata } from '../db/schema/columns.ts';
import { quoteStatus } from '../db/schema/index.ts';
import { searchQuotes } from '../repositories/quotes.ts';
import { RequestError } from '../request-error.ts';
import { asStaff } from '../services/requester.ts';
import { Day, Id, PageFields } from './fields.ts';

const QuoteQuery = Type.Object(
  {
    status: Type.Optional(Type.Enum(quoteStatus.enumValues)),
    customerId: Type.Optional(Id),
    openUntil: Type.Optional(Day),
    metadata: Type.Optional(Type.String({ maxLength: 2_000 })),
    ...PageFields,
  },
  { additionalProperties: false },
);

/** Search in an organization's quotes: `/quotes`. */
export function quoteRoutes(database: Database): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get('/quotes', { schema: { querystring: QuoteQuery } }, (request) => {
      const { metadata, limit = 50, ...search } = request.query;
      const contained = metadata === undefined ? undefined : jsonObject(metadata);
      return asStaff(database, request.headers, (queries, { organizationId }) =>
        searchQuotes(queries, { ...search, organizationId, limit, metadata: contained }),
      );
    });
  };
}

function jsonObject(text: string): Metadata {
  const value = parsed(text);
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) return { ...value };
  throw new RequestError('bad_request', 'The query is not as it should be.', [
    { field: 'metadata', message: 'must be a JSON object, such as {"source":"web"}' },
  ]);
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}
