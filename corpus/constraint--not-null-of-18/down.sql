DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('public.child') AND conname = 'c_there') THEN
    ALTER TABLE public.child RENAME CONSTRAINT c_there TO child_c_not_null;
  END IF;
END
$rollback$;
ALTER TABLE IF EXISTS public.parent DROP CONSTRAINT IF EXISTS parent_a_not_null;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('public.parent') AND conname = 'a_there') THEN
    ALTER TABLE public.parent ADD CONSTRAINT a_there NOT NULL a NO INHERIT;
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('public.parent') AND conname = 'b_there') THEN
    ALTER TABLE public.parent ADD CONSTRAINT b_there NOT NULL b NOT VALID;
  END IF;
END
$rollback$;
