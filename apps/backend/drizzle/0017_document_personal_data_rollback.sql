-- Rollback Migration: Document personal data in the catalog
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0017_document_personal_data

-- Remove the comments
COMMENT ON VIEW "outstanding_invoices" IS NULL;
COMMENT ON COLUMN "customer_portal_users"."password_hash" IS NULL;
COMMENT ON TABLE "customer_portal_users" IS NULL;
COMMENT ON COLUMN "customers"."billing_address" IS NULL;
COMMENT ON COLUMN "customers"."email_as_entered" IS NULL;
COMMENT ON COLUMN "customers"."email" IS NULL;
COMMENT ON TABLE "customers" IS NULL;
COMMENT ON COLUMN "users"."display_name" IS NULL;
COMMENT ON COLUMN "users"."email" IS NULL;
COMMENT ON TABLE "users" IS NULL;
