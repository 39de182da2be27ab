-- Rollback Migration: Resource allocations
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0004_add_resource_allocations_table

-- Remove the table; its indexes and constraints go with it
DROP TABLE IF EXISTS "resource_allocations";
