DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_proc WHERE oid = to_regprocedure('public.two()') AND prokind IN ('f', 'p', 'w')) THEN
    DROP FUNCTION IF EXISTS public.one();
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.t') AND attname = 'a' AND (format_type(atttypid, atttypmod) <> 'integer' OR attcollation <> (SELECT typcollation FROM pg_type WHERE pg_type.oid = atttypid))) THEN
    ALTER TABLE public.t ALTER COLUMN a SET DATA TYPE integer USING a::integer;
  END IF;
END
$rollback$;
CREATE OR REPLACE FUNCTION public.one()
  RETURNS integer
  LANGUAGE sql
  STABLE
BEGIN ATOMIC
 SELECT max(t.a) AS max
    FROM public.t;
END;
CREATE OR REPLACE FUNCTION public.two()
  RETURNS integer
  LANGUAGE sql
  STABLE
BEGIN ATOMIC
 SELECT (public.one() + 1);
END;
CREATE OR REPLACE VIEW public.v (two) AS
 SELECT public.two() AS two;
