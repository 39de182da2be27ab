-- Migration: Document personal data in the catalog
-- Date: 2026-11-22
-- Purpose: Mark what privacy requests and exports have to treat with care
-- Track: C

COMMENT ON TABLE "users" IS 'Personal data: people who work for an organization.';
--> statement-breakpoint
COMMENT ON COLUMN "users"."email" IS 'Personal data: sign-in address, unique per organization while the user is not deleted.';
--> statement-breakpoint
COMMENT ON COLUMN "users"."display_name" IS 'Personal data: name as shown to colleagues.';
--> statement-breakpoint
COMMENT ON TABLE "customers" IS 'May hold personal data where the customer is a person.';
--> statement-breakpoint
COMMENT ON COLUMN "customers"."email" IS 'Personal data: lower case, without surrounding blanks.';
--> statement-breakpoint
COMMENT ON COLUMN "customers"."email_as_entered" IS 'Personal data: the address before it was normalized.';
--> statement-breakpoint
COMMENT ON COLUMN "customers"."billing_address" IS 'Personal data: postal address as a JSON object.';
--> statement-breakpoint
COMMENT ON TABLE "customer_portal_users" IS 'Personal data: people who sign in to the portal for a customer.';
--> statement-breakpoint
COMMENT ON COLUMN "customer_portal_users"."password_hash" IS 'Secret: hash of the portal password; never exported, never logged.';
--> statement-breakpoint
COMMENT ON VIEW "outstanding_invoices" IS 'Sent invoices of the current organization that are not fully paid.';
