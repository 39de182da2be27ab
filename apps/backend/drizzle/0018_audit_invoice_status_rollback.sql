-- Rollback Migration: Audit changes of an invoice's status
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0018_audit_invoice_status

-- Remove the trigger
DROP TRIGGER IF EXISTS "record_invoice_status_change" ON "invoices";

-- Remove its function
DROP FUNCTION IF EXISTS "record_invoice_status_change"();
