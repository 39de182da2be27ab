-- Rollback Migration: Time entries and audit logs
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0003_add_time_entries_and_audit_logs

-- Remove tables; their indexes, constraints and the identity sequence go with them
DROP TABLE IF EXISTS "time_entries";
DROP TABLE IF EXISTS "audit_logs";
