-- Migration: Default currency of an organization
-- Date: 2026-11-22
-- Purpose: Say in which currency an organization's amounts are, New Zealand dollars for all that exist
-- Track: B

ALTER TABLE "organizations" ADD COLUMN "default_currency" varchar(3) DEFAULT 'NZD' NOT NULL;
