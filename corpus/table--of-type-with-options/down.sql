ALTER TABLE public.t OF public.pair;
DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('public.u') AND reloftype <> 0) THEN
    ALTER TABLE public.u NOT OF;
  END IF;
END
$rollback$;
ALTER TABLE public.t ALTER COLUMN a SET NOT NULL;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('public.t') AND conname = 't_b') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_b CHECK ((b <> ''::text));
  END IF;
END
$rollback$;
