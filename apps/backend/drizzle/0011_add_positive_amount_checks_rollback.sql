-- Rollback Migration: Checks for positive amounts
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0011_add_positive_amount_checks

-- Remove the checks
ALTER TABLE IF EXISTS "time_entries" DROP CONSTRAINT IF EXISTS "time_entries_duration_positive";
ALTER TABLE IF EXISTS "quote_line_items" DROP CONSTRAINT IF EXISTS "quote_line_items_quantity_positive";
ALTER TABLE IF EXISTS "payments" DROP CONSTRAINT IF EXISTS "payments_amount_positive";
