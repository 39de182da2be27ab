-- Rollback Migration: Quotes and their line items
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0001_add_quotes

-- Remove tables, line items first; their indexes and constraints go with them
DROP TABLE IF EXISTS "quote_line_items";
DROP TABLE IF EXISTS "quotes";

-- Remove the enum of quotes.status
DROP TYPE IF EXISTS "public"."quote_status";
