import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Database } from '../db/database.ts';
import { listIssuedInvoices } from '../repositories/invoices.ts';
import { findIssuedQuote, searchQuotes } from '../repositories/quotes.ts';
import { RequestError } from '../request-error.ts';
import { asPortalUser } from '../services/requester.ts';
import { IdPath, PageFields } from './fields.ts';

const PageQuery = Type.Object(PageFields, { additionalProperties: false });

/** What a customer's people see: the customer's own quotes and invoices, once they are issued (`/portal/…`). */
export function portalRoutes(database: Database): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get('/portal/quotes', { schema: { querystring: PageQuery } }, (request) => {
      const { limit = 50, cursor } = request.query;
      return asPortalUser(database, request.headers, (queries, customer) =>
        searchQuotes(queries, { ...customer, limit, cursor, issuedOnly: true }),
      );
    });

    app.get('/portal/quotes/:id', { schema: { params: IdPath } }, async (request) => {
      const { id } = request.params;
      const quote = await asPortalUser(database, request.headers, (queries, customer) =>
        findIssuedQuote(queries, { ...customer, id }),
      );
      if (quote === null) throw new RequestError('not_found', `There is no quote ${id}.`);
      return quote;
    });

    app.get('/portal/invoices', { schema: { querystring: PageQuery } }, (request) => {
      const { limit = 50, cursor } = request.query;
      return asPortalUser(database, request.headers, (queries, customer) =>
        listIssuedInvoices(queries, { ...customer, limit, cursor }),
      );
    });
  };
}
