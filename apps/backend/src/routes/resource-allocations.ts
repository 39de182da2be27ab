import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Database } from '../db/database.ts';
import { deleteAllocation, listAllocations } from '../repositories/resource-allocations.ts';
import { asStaff } from '../services/requester.ts';
import { changeAllocation, noAllocation, planAllocation } from '../services/resource-allocations.ts';
import { Day, Id, IdPath } from './fields.ts';

const Changeable = {
  projectId: Id,
  startsOn: Day,
  endsOn: Day,
  allocationPercent: Type.Integer({ minimum: 1, maximum: 100 }),
  note: Type.Union([Type.String({ maxLength: 2_000 }), Type.Null()]),
};

const NewAllocation = Type.Object(
  { userId: Id, ...Changeable, note: Type.Optional(Changeable.note) },
  { additionalProperties: false },
);

const AllocationChanges = Type.Partial(Type.Object(Changeable), {
  additionalProperties: false,
  minProperties: 1,
});

const AllocationQuery = Type.Partial(Type.Object({ userId: Id, projectId: Id, from: Day, to: Day }), {
  additionalProperties: false,
});

/** Planning of users' time: `/resource-allocations`. */
export function resourceAllocationRoutes(database: Database): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.get('/resource-allocations', { schema: { querystring: AllocationQuery } }, (request) =>
      asStaff(database, request.headers, async (queries, { organizationId }) => ({
        items: await listAllocations(queries, organizationId, request.query),
      })),
    );

    app.post('/resource-allocations', { schema: { body: NewAllocation } }, async (request, reply) => {
      const values = { note: null, ...request.body };
      const planned = await asStaff(database, request.headers, (queries, { organizationId }) =>
        planAllocation(queries, organizationId, values),
      );
      return reply.code(201).send(planned);
    });

    app.patch(
      '/resource-allocations/:id',
      { schema: { params: IdPath, body: AllocationChanges } },
      (request) =>
        asStaff(database, request.headers, (queries, { organizationId }) =>
          changeAllocation(queries, organizationId, request.params.id, request.body),
        ),
    );

    app.delete('/resource-allocations/:id', { schema: { params: IdPath } }, async (request, reply) => {
      const { id } = request.params;
      const deleted = await asStaff(database, request.headers, (queries, { organizationId }) =>
        deleteAllocation(queries, organizationId, id),
      );
      if (!deleted) throw noAllocation(id);
      return reply.code(204).send();
    });
  };
}
