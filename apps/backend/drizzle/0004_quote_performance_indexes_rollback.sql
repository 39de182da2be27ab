-- Rollback Migration: Quote performance indexes
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0004_quote_performance_indexes

-- Remove the GIN indexes on JSONB metadata
DROP INDEX IF EXISTS "quotes_metadata_gin_idx";
DROP INDEX IF EXISTS "quote_line_items_metadata_gin_idx";

-- Remove the partial indexes for quotes that are not deleted and for open quotes
DROP INDEX IF EXISTS "quotes_open_idx";
DROP INDEX IF EXISTS "quotes_customer_alive_idx";

-- Remove the composite index of the quote list
DROP INDEX IF EXISTS "quotes_organization_status_created_idx";
