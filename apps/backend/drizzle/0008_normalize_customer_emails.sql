-- Migration: Normalize customer e-mail addresses
-- Date: 2026-11-22
-- Purpose: Find a customer by address whatever its case, and keep the address as it was entered
-- Track: B

ALTER TABLE "customers" ADD COLUMN "email_as_entered" varchar(320);--> statement-breakpoint
-- Runs before the updated_at triggers exist, so that normalizing does not count as a change by a user
UPDATE "customers"
SET "email_as_entered" = "email", "email" = lower(btrim("email"))
WHERE "email" IS DISTINCT FROM lower(btrim("email"));
