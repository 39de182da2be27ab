-- Rollback Migration: Invoices and payments
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0002_add_invoices_and_payments

-- Remove tables, payments first; their indexes and constraints go with them
DROP TABLE IF EXISTS "payments";
DROP TABLE IF EXISTS "invoices";

-- Remove the enums of payments.method and invoices.status
DROP TYPE IF EXISTS "public"."payment_method";
DROP TYPE IF EXISTS "public"."invoice_status";
