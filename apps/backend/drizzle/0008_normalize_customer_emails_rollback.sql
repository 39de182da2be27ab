-- Rollback Migration: Normalize customer e-mail addresses
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0008_normalize_customer_emails

-- Give back every address as it was entered, except where it was changed since
UPDATE "customers"
SET "email" = "email_as_entered"
WHERE "email" = lower(btrim("email_as_entered"));

-- Remove the column that kept them
ALTER TABLE IF EXISTS "customers" DROP COLUMN IF EXISTS "email_as_entered";
