-- Rollback Migration: View of outstanding invoices
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0014_add_outstanding_invoices_view

-- Remove the view
DROP VIEW IF EXISTS "public"."outstanding_invoices";
