-- Migration: Resource allocations
-- Date: 2026-11-22
-- Purpose: Plan how much of a user's time goes to which project
-- Track: B

CREATE TABLE "resource_allocations" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"project_id" uuid NOT NULL,
	"user_id" uuid NOT NULL,
	"starts_on" date NOT NULL,
	"ends_on" date NOT NULL,
	"allocation_percent" integer DEFAULT 100 NOT NULL,
	"note" text,
	"metadata" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL,
	"deleted_at" timestamp with time zone,
	CONSTRAINT "resource_allocations_span" CHECK ("resource_allocations"."ends_on" >= "resource_allocations"."starts_on"),
	CONSTRAINT "resource_allocations_percent" CHECK ("resource_allocations"."allocation_percent" BETWEEN 1 AND 100)
);
--> statement-breakpoint
ALTER TABLE "resource_allocations" ADD CONSTRAINT "resource_allocations_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_allocations" ADD CONSTRAINT "resource_allocations_project_id_projects_id_fk" FOREIGN KEY ("project_id") REFERENCES "public"."projects"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "resource_allocations" ADD CONSTRAINT "resource_allocations_user_id_users_id_fk" FOREIGN KEY ("user_id") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "resource_allocations_project_idx" ON "resource_allocations" USING btree ("project_id","starts_on");--> statement-breakpoint
CREATE INDEX "resource_allocations_user_idx" ON "resource_allocations" USING btree ("user_id","starts_on","ends_on") WHERE "resource_allocations"."deleted_at" IS NULL;
