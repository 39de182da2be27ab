-- Migration: Quote performance indexes
-- Date: 2026-11-22
-- Purpose: Serve the quote list, the open quotes and searches in metadata from indexes
-- Track: B

CREATE INDEX "quote_line_items_metadata_gin_idx" ON "quote_line_items" USING gin ("metadata" jsonb_path_ops);--> statement-breakpoint
CREATE INDEX "quotes_organization_status_created_idx" ON "quotes" USING btree ("organization_id","status","created_at" DESC NULLS FIRST);--> statement-breakpoint
CREATE INDEX "quotes_customer_alive_idx" ON "quotes" USING btree ("organization_id","customer_id") WHERE "quotes"."deleted_at" IS NULL;--> statement-breakpoint
CREATE INDEX "quotes_open_idx" ON "quotes" USING btree ("organization_id","valid_until") WHERE "quotes"."status" IN ('draft', 'sent') AND "quotes"."deleted_at" IS NULL;--> statement-breakpoint
CREATE INDEX "quotes_metadata_gin_idx" ON "quotes" USING gin ("metadata" jsonb_path_ops);
