-- Migration: Checks for positive amounts
-- Date: 2026-11-22
-- Purpose: Refuse payments, quantities and durations that are zero or negative
-- Track: C

ALTER TABLE "payments" ADD CONSTRAINT "payments_amount_positive" CHECK ("payments"."amount" > 0);--> statement-breakpoint
ALTER TABLE "quote_line_items" ADD CONSTRAINT "quote_line_items_quantity_positive" CHECK ("quote_line_items"."quantity" > 0);--> statement-breakpoint
ALTER TABLE "time_entries" ADD CONSTRAINT "time_entries_duration_positive" CHECK ("time_entries"."duration_minutes" > 0);
