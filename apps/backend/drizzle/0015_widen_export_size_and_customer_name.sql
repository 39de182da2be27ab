-- Migration: Widen export sizes and customer names
-- Date: 2026-11-22
-- Purpose: Hold exports over 2 GB and names over 120 characters
-- Track: C

ALTER TABLE "customers" ALTER COLUMN "name" SET DATA TYPE varchar(255);--> statement-breakpoint
ALTER TABLE "export_jobs" ALTER COLUMN "file_size_bytes" SET DATA TYPE bigint;
