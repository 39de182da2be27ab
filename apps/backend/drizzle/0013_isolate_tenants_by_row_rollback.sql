-- Rollback Migration: Row-level security between organizations
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0013_isolate_tenants_by_row

-- Remove the policies
DROP POLICY IF EXISTS "tenant_isolation" ON "time_entries";
DROP POLICY IF EXISTS "tenant_isolation" ON "resource_allocations";
DROP POLICY IF EXISTS "tenant_isolation" ON "quotes";
DROP POLICY IF EXISTS "tenant_isolation" ON "quote_line_items";
DROP POLICY IF EXISTS "tenant_isolation" ON "projects";
DROP POLICY IF EXISTS "tenant_isolation" ON "payments";
DROP POLICY IF EXISTS "tenant_isolation" ON "invoices";
DROP POLICY IF EXISTS "tenant_isolation" ON "export_jobs";
DROP POLICY IF EXISTS "tenant_isolation" ON "customers";
DROP POLICY IF EXISTS "tenant_isolation" ON "customer_portal_users";
DROP POLICY IF EXISTS "tenant_isolation" ON "audit_logs";

-- Switch row-level security off
ALTER TABLE IF EXISTS "time_entries" DISABLE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS "resource_allocations" DISABLE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS "quotes" DISABLE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS "quote_line_items" DISABLE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS "projects" DISABLE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS "payments" DISABLE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS "invoices" DISABLE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS "export_jobs" DISABLE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS "customers" DISABLE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS "customer_portal_users" DISABLE ROW LEVEL SECURITY;
ALTER TABLE IF EXISTS "audit_logs" DISABLE ROW LEVEL SECURITY;
