-- Migration: Rename time_entries.minutes to duration_minutes
-- Date: 2026-11-22
-- Purpose: Name the column for what it holds
-- Track: B

ALTER TABLE "time_entries" RENAME COLUMN "minutes" TO "duration_minutes";
