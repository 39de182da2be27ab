-- Rollback Migration: Project status on_hold
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0012_add_project_on_hold_status

-- PostgreSQL cannot remove a value from an enum, so the type is built anew without on_hold
ALTER TYPE "public"."project_status" RENAME TO "project_status_with_on_hold";
CREATE TYPE "public"."project_status" AS ENUM('planned', 'active', 'completed', 'cancelled');

-- Move projects.status to it; a project on hold is an active project to the former application
ALTER TABLE "projects" ALTER COLUMN "status" DROP DEFAULT;
ALTER TABLE "projects" ALTER COLUMN "status" TYPE "public"."project_status"
  USING (CASE "status"::text WHEN 'on_hold' THEN 'active' ELSE "status"::text END)::"public"."project_status";
ALTER TABLE "projects" ALTER COLUMN "status" SET DEFAULT 'planned';

-- Remove the type that has on_hold
DROP TYPE IF EXISTS "public"."project_status_with_on_hold";
