-- Rollback Migration: Maintain updated_at in the database
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0009_maintain_updated_at

-- Remove the triggers
DROP TRIGGER IF EXISTS "set_updated_at" ON "export_jobs";
DROP TRIGGER IF EXISTS "set_updated_at" ON "customer_portal_users";
DROP TRIGGER IF EXISTS "set_updated_at" ON "resource_allocations";
DROP TRIGGER IF EXISTS "set_updated_at" ON "time_entries";
DROP TRIGGER IF EXISTS "set_updated_at" ON "invoices";
DROP TRIGGER IF EXISTS "set_updated_at" ON "quote_line_items";
DROP TRIGGER IF EXISTS "set_updated_at" ON "quotes";
DROP TRIGGER IF EXISTS "set_updated_at" ON "projects";
DROP TRIGGER IF EXISTS "set_updated_at" ON "customers";
DROP TRIGGER IF EXISTS "set_updated_at" ON "roles";
DROP TRIGGER IF EXISTS "set_updated_at" ON "users";
DROP TRIGGER IF EXISTS "set_updated_at" ON "organizations";

-- Remove their function
DROP FUNCTION IF EXISTS "set_updated_at"();
