-- Rollback Migration: Rename time_entries.minutes to duration_minutes
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0010_rename_time_entry_duration

-- Give the column its former name back
ALTER TABLE IF EXISTS "time_entries" RENAME COLUMN "duration_minutes" TO "minutes";
