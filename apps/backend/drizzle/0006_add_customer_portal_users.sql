-- Migration: Customer portal users
-- Date: 2026-11-22
-- Purpose: Let people on the customer's side sign in to the portal
-- Track: B

CREATE TYPE "public"."portal_user_status" AS ENUM('invited', 'active', 'suspended');--> statement-breakpoint
CREATE TABLE "customer_portal_users" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"customer_id" uuid NOT NULL,
	"email" varchar(320) NOT NULL,
	"display_name" varchar(200) NOT NULL,
	"status" "portal_user_status" DEFAULT 'invited' NOT NULL,
	"password_hash" text,
	"invited_at" timestamp with time zone DEFAULT now() NOT NULL,
	"last_sign_in_at" timestamp with time zone,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone
);
--> statement-breakpoint
ALTER TABLE "customer_portal_users" ADD CONSTRAINT "customer_portal_users_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "customer_portal_users" ADD CONSTRAINT "customer_portal_users_customer_id_customers_id_fk" FOREIGN KEY ("customer_id") REFERENCES "public"."customers"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE UNIQUE INDEX "customer_portal_users_email_key" ON "customer_portal_users" USING btree ("organization_id",lower("email")) WHERE "customer_portal_users"."deleted_at" IS NULL;--> statement-breakpoint
CREATE INDEX "customer_portal_users_customer_idx" ON "customer_portal_users" USING btree ("customer_id");
