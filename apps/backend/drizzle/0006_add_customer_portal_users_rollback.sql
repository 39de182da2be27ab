-- Rollback Migration: Customer portal users
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0006_add_customer_portal_users

-- Remove the table; its indexes and constraints go with it
DROP TABLE IF EXISTS "customer_portal_users";

-- Remove the enum of customer_portal_users.status
DROP TYPE IF EXISTS "public"."portal_user_status";
