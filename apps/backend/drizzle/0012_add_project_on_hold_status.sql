-- Migration: Project status on_hold
-- Date: 2026-11-22
-- Purpose: Tell projects that wait from projects that are worked on
-- Track: B

ALTER TYPE "public"."project_status" ADD VALUE 'on_hold' BEFORE 'completed';
