DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('public.quote_old') AND relkind IN ('r', 'p')) THEN
    ALTER TABLE IF EXISTS public.quote RENAME TO quote__in_the_way;
ALTER TABLE IF EXISTS public.quote_old RENAME TO quote;
  END IF;
END
$rollback$;
DROP TABLE IF EXISTS public.quote__in_the_way;
