-- Migration: View of outstanding invoices
-- Date: 2026-11-22
-- Purpose: Show what customers still owe without repeating the sum everywhere
-- Track: B

CREATE VIEW "public"."outstanding_invoices" AS (
  SELECT
    "invoices"."id" AS invoice_id,
    "invoices"."organization_id",
    "invoices"."customer_id",
    "invoices"."number",
    "invoices"."due_on",
    "invoices"."total",
    received.paid,
    "invoices"."total" - received.paid AS balance
  FROM "invoices"
  CROSS JOIN LATERAL (
    SELECT coalesce(sum("payments"."amount"), 0) AS paid
    FROM "payments"
    WHERE "payments"."invoice_id" = "invoices"."id"
  ) AS received
  WHERE "invoices"."status" IN ('sent', 'overdue')
    AND "invoices"."deleted_at" IS NULL
    AND "invoices"."total" > received.paid
    AND "invoices"."organization_id" = nullif(current_setting('app.current_organization_id', true), '')::uuid
);
