-- Rollback Migration: Default currency of an organization
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0016_add_organization_currency

-- Remove the column
ALTER TABLE IF EXISTS "organizations" DROP COLUMN IF EXISTS "default_currency";
