-- Migration: Export jobs
-- Date: 2026-11-22
-- Purpose: Write large exports in the background
-- Track: B

CREATE TYPE "public"."export_format" AS ENUM('csv', 'xlsx', 'pdf', 'json');--> statement-breakpoint
CREATE TYPE "public"."export_job_status" AS ENUM('queued', 'running', 'succeeded', 'failed');--> statement-breakpoint
CREATE TABLE "export_jobs" (
	"id" uuid PRIMARY KEY DEFAULT gen_random_uuid() NOT NULL,
	"organization_id" uuid NOT NULL,
	"requested_by" uuid NOT NULL,
	"subject" varchar(80) NOT NULL,
	"format" "export_format" DEFAULT 'csv' NOT NULL,
	"status" "export_job_status" DEFAULT 'queued' NOT NULL,
	"filters" jsonb DEFAULT '{}'::jsonb NOT NULL,
	"storage_key" text,
	"file_size_bytes" integer,
	"error_message" text,
	"started_at" timestamp with time zone,
	"finished_at" timestamp with time zone,
	"expires_at" timestamp with time zone,
	"created_at" timestamp with time zone DEFAULT now() NOT NULL,
	"updated_at" timestamp with time zone DEFAULT now() NOT NULL
);
--> statement-breakpoint
ALTER TABLE "export_jobs" ADD CONSTRAINT "export_jobs_organization_id_organizations_id_fk" FOREIGN KEY ("organization_id") REFERENCES "public"."organizations"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
ALTER TABLE "export_jobs" ADD CONSTRAINT "export_jobs_requested_by_users_id_fk" FOREIGN KEY ("requested_by") REFERENCES "public"."users"("id") ON DELETE no action ON UPDATE no action;--> statement-breakpoint
CREATE INDEX "export_jobs_queue_idx" ON "export_jobs" USING btree ("created_at") WHERE "export_jobs"."status" = 'queued';--> statement-breakpoint
CREATE INDEX "export_jobs_organization_created_idx" ON "export_jobs" USING btree ("organization_id","created_at" DESC NULLS FIRST);
