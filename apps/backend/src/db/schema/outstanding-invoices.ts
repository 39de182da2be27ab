import { sql } from 'drizzle-orm';
import { date, numeric, pgView, uuid, varchar } from 'drizzle-orm/pg-core';
import { invoices, payments } from './invoices.ts';
import { belongsToCurrentOrganization } from './tenant-isolation.ts';

/**
 * Invoices that were sent and are not fully paid, with what is still owed.
 * A view reads its tables as its owner, past their row-level policies, and `security_invoker` exists only
 * since PostgreSQL 15 (manual, CREATE VIEW); so the view repeats the condition of the policies.
 */
export const outstandingInvoices = pgView('outstanding_invoices', {
  invoiceId: uuid('invoice_id'),
  organizationId: uuid('organization_id'),
  customerId: uuid('customer_id'),
  number: varchar('number', { length: 40 }),
  dueOn: date('due_on'),
  total: numeric('total', { precision: 12, scale: 2 }),
  paid: numeric('paid'),
  balance: numeric('balance'),
}).as(sql`
  SELECT
    ${invoices.id} AS invoice_id,
    ${invoices.organizationId},
    ${invoices.customerId},
    ${invoices.number},
    ${invoices.dueOn},
    ${invoices.total},
    received.paid,
    ${invoices.total} - received.paid AS balance
  FROM ${invoices}
  CROSS JOIN LATERAL (
    SELECT coalesce(sum(${payments.amount}), 0) AS paid
    FROM ${payments}
    WHERE ${payments.invoiceId} = ${invoices.id}
  ) AS received
  WHERE ${invoices.status} IN ('sent', 'overdue')
    AND ${invoices.deletedAt} IS NULL
    AND ${invoices.total} > received.paid
    AND ${belongsToCurrentOrganization(invoices.organizationId)}
`);
