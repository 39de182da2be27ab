-- Migration: Row-level security between organizations
-- Date: 2026-11-22
-- Purpose: Show a session only the rows of the organization that it works for
-- Track: C

ALTER TABLE "audit_logs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "customer_portal_users" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "customers" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "export_jobs" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "invoices" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "payments" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "projects" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "quote_line_items" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "quotes" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "resource_allocations" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
ALTER TABLE "time_entries" ENABLE ROW LEVEL SECURITY;--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "audit_logs" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "customer_portal_users" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "customers" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "export_jobs" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "invoices" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "payments" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "projects" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "quote_line_items" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "quotes" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "resource_allocations" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid);--> statement-breakpoint
CREATE POLICY "tenant_isolation" ON "time_entries" AS PERMISSIVE FOR ALL TO public USING (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid) WITH CHECK (organization_id = nullif(current_setting('app.current_organization_id', true), '')::uuid);
