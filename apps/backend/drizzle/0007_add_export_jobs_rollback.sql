-- Rollback Migration: Export jobs
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0007_add_export_jobs

-- Remove the table; its indexes and constraints go with it
DROP TABLE IF EXISTS "export_jobs";

-- Remove the enums of export_jobs.status and export_jobs.format
DROP TYPE IF EXISTS "public"."export_job_status";
DROP TYPE IF EXISTS "public"."export_format";
