DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('public.old_quote') AND relkind IN ('r', 'p')) THEN
    ALTER VIEW IF EXISTS public.quote RENAME TO quote__in_the_way;
ALTER TABLE IF EXISTS public.old_quote RENAME TO quote;
  END IF;
END
$rollback$;
DROP VIEW IF EXISTS public.quote__in_the_way;
CREATE OR REPLACE VIEW public.old_quote (a) AS
 SELECT 1 AS a;
