import { type FastifyPluginAsyncTypebox, Type } from '@fastify/type-provider-typebox';
import type { Database } from '../db/database.ts';
import { exportFormat } from '../db/schema/index.ts';
import { openExportFile } from '../jobs/export-files.ts';
import { readExportOrder, SUBJECT_NAMES } from '../jobs/export-subjects.ts';
import { findExportJob, listExportJobs, queueExportJob } from '../repositories/export-jobs.ts';
import { RequestError } from '../request-error.ts';
import { asStaff } from '../services/requester.ts';
import { IdPath, PageFields } from './fields.ts';

const NewExportJob = Type.Object(
  {
    subject: Type.Enum([...SUBJECT_NAMES]),
    format: Type.Enum(exportFormat.enumValues),
    filters: Type.Optional(Type.Record(Type.String(), Type.Unknown())),
  },
  { additionalProperties: false },
);

const PageQuery = Type.Object(PageFields, { additionalProperties: false });

const MEDIA_TYPES = { csv: 'text/csv; charset=utf-8', json: 'application/json; charset=utf-8' };

/** Files that are written in the background: `/export-jobs`. The worker writes them. */
export function exportJobRoutes(database: Database, exportFolder: string): FastifyPluginAsyncTypebox {
  return async (app) => {
    app.post('/export-jobs', { schema: { body: NewExportJob } }, async (request, reply) => {
      const asked = { filters: {}, ...request.body };
      const order = readExportOrder(asked);
      if (!order.ok) throw new RequestError('unprocessable', order.reason, [{ field: order.field }]);
      const job = await asStaff(database, request.headers, (queries, { organizationId, userId }) =>
        queueExportJob(queries, { ...asked, organizationId, requestedBy: userId }),
      );
      return reply.code(202).send(job);
    });

    app.get('/export-jobs', { schema: { querystring: PageQuery } }, (request) => {
      const { limit = 50, cursor } = request.query;
      return asStaff(database, request.headers, (queries, { organizationId }) =>
        listExportJobs(queries, { organizationId, limit, cursor }),
      );
    });

    app.get('/export-jobs/:id', { schema: { params: IdPath } }, async (request) => {
      const { job } = await jobOf(database, request);
      return job;
    });

    app.get('/export-jobs/:id/file', { schema: { params: IdPath } }, async (request, reply) => {
      const { job, storageKey } = await jobOf(database, request);
      if (storageKey === null) {
        throw new RequestError(
          'conflict',
          `The export is ${job.status}; there is a file when it has succeeded.`,
        );
      }
      const file = await openExportFile(exportFolder, storageKey);
      const type =
        job.format === 'csv' || job.format === 'json' ? MEDIA_TYPES[job.format] : 'application/octet-stream';
      return reply
        .type(type)
        .header('content-disposition', `attachment; filename="${job.subject}.${job.format}"`)
        .send(file.createReadStream());
    });
  };
}

async function jobOf(
  database: Database,
  { headers, params }: { headers: Parameters<typeof asStaff>[1]; params: { id: string } },
) {
  const found = await asStaff(database, headers, (queries, { organizationId }) =>
    findExportJob(queries, organizationId, params.id),
  );
  if (found === null) throw new RequestError('not_found', `There is no export job ${params.id}.`);
  return found;
}
