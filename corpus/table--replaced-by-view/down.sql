DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('public.quote_all') AND relkind IN ('r', 'p')) THEN
    ALTER VIEW IF EXISTS public.quote RENAME TO quote__in_the_way;
ALTER TABLE IF EXISTS public.quote_all RENAME TO quote;
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('public.plain') AND relkind IN ('S')) THEN
    DROP SEQUENCE IF EXISTS public.plain;
  END IF;
END
$rollback$;
DROP VIEW IF EXISTS public.quote__in_the_way;
CREATE OR REPLACE VIEW public.plain (a) AS
 SELECT 1 AS a;
