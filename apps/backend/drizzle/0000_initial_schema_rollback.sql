-- Rollback Migration: Initial schema
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0000_initial_schema

-- Remove tables, each before the ones that it references; their indexes and constraints go with them
DROP TABLE IF EXISTS "user_roles";
DROP TABLE IF EXISTS "roles";
DROP TABLE IF EXISTS "users";
DROP TABLE IF EXISTS "projects";
DROP TABLE IF EXISTS "customers";
DROP TABLE IF EXISTS "organizations";

-- Remove the enum of projects.status
DROP TYPE IF EXISTS "public"."project_status";
