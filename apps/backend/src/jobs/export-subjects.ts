import { type Static, type TObject, Type } from '@fastify/type-provider-typebox';
import { type SQL, sql } from 'drizzle-orm';
import Value from 'typebox/value';
import { invoiceStatus, quoteStatus } from '../db/schema/index.ts';

/** What can be exported. */
interface ExportSubject {
  readonly filterNames: readonly string[];
  /**
   * @returns a query for the rows of one organization that are not deleted, whose columns are the file's; `null` when
   * the filters are not as they should be
   */
  readonly rowsFor: (filters: unknown) => ((organizationId: string) => SQL) | null;
}

function subject<Filters extends TObject>(
  schema: Filters,
  rows: (organizationId: string, filters: Static<Filters>) => SQL,
): ExportSubject {
  return {
    filterNames: Object.keys(schema.properties),
    rowsFor: (filters) =>
      Value.Check(schema, filters) ? (organizationId) => rows(organizationId, filters) : null,
  };
}

const Day = Type.String({ format: 'date' });
const strict = { additionalProperties: false };

const quotes = subject(
  Type.Object({ status: Type.Optional(Type.Enum(quoteStatus.enumValues)) }, strict),
  (organizationId, { status = null }) => sql`
    SELECT quotes.number, quotes.title, quotes.status::text, customers.name AS customer, issued_on::text,
           valid_until::text, subtotal::text, tax::text, total::text
      FROM quotes JOIN customers ON customers.id = quotes.customer_id
     WHERE quotes.organization_id = ${organizationId} AND quotes.deleted_at IS NULL
       AND (${status}::quote_status IS NULL OR quotes.status = ${status}::quote_status)
     ORDER BY quotes.number`,
);

const invoices = subject(
  Type.Object({ status: Type.Optional(Type.Enum(invoiceStatus.enumValues)) }, strict),
  (organizationId, { status = null }) => sql`
    SELECT invoices.number, invoices.status::text, customers.name AS customer, issued_on::text, due_on::text,
           total::text
      FROM invoices JOIN customers ON customers.id = invoices.customer_id
     WHERE invoices.organization_id = ${organizationId} AND invoices.deleted_at IS NULL
       AND (${status}::invoice_status IS NULL OR invoices.status = ${status}::invoice_status)
     ORDER BY invoices.number`,
);

const timeEntries = subject(
  Type.Object({ from: Type.Optional(Day), to: Type.Optional(Day) }, strict),
  (organizationId, { from = null, to = null }) => sql`
    SELECT worked_on::text, users.display_name AS person, projects.reference AS project, duration_minutes,
           is_billable, hourly_rate::text, note
      FROM time_entries
      JOIN users ON users.id = time_entries.user_id
      JOIN projects ON projects.id = time_entries.project_id
     WHERE time_entries.organization_id = ${organizationId} AND time_entries.deleted_at IS NULL
       AND (${from}::date IS NULL OR worked_on >= ${from}::date)
       AND (${to}::date IS NULL OR worked_on <= ${to}::date)
     ORDER BY worked_on, time_entries.id`,
);

const SUBJECTS = { quotes, invoices, time_entries: timeEntries } as const;

/** The name of a subject, as it stands in `export_jobs.subject`. */
export type SubjectName = keyof typeof SUBJECTS;

/** All subjects. */
export const SUBJECT_NAMES = ['quotes', 'invoices', 'time_entries'] as const satisfies readonly SubjectName[];

/** The formats that are written; `export_format` has others, which nothing writes yet. */
export const WRITTEN_FORMATS = ['csv', 'json'] as const;

/** A format that is written. */
export type WrittenFormat = (typeof WRITTEN_FORMATS)[number];

/** What an export asks for, read from its row or its request; or why it cannot be written, in a sentence for its user. */
export type ExportOrder =
  | { readonly ok: true; readonly rows: (organizationId: string) => SQL; readonly format: WrittenFormat }
  | { readonly ok: false; readonly field: 'subject' | 'format' | 'filters'; readonly reason: string };

/** Checks what an export asks for. */
export function readExportOrder(job: { subject: string; format: string; filters: unknown }): ExportOrder {
  const { subject: name, filters } = job;
  const format = WRITTEN_FORMATS.find((written) => written === job.format);
  if (format === undefined) {
    const reason = `Files in the format ${job.format} cannot be written yet; ${WRITTEN_FORMATS.join(' and ')} can.`;
    return { ok: false, field: 'format', reason };
  }
  const known = SUBJECT_NAMES.find((subjectName) => subjectName === name);
  if (known === undefined) {
    const reason = `There is no export of "${name}"; there is ${SUBJECT_NAMES.join(', ')}.`;
    return { ok: false, field: 'subject', reason };
  }
  const { filterNames, rowsFor } = SUBJECTS[known];
  const rows = rowsFor(filters);
  if (rows !== null) return { ok: true, rows, format };
  const reason = `The export of ${known} can be filtered by ${filterNames.join(' and ')} alone.`;
  return { ok: false, field: 'filters', reason };
}
