DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass('public.part') AND inhparent = to_regclass('public.p')) THEN
    ALTER TABLE public.p DETACH PARTITION public.part;
  END IF;
END
$rollback$;
DROP INDEX IF EXISTS public.part_kind_idx;
ALTER TABLE IF EXISTS public.part DROP CONSTRAINT IF EXISTS p_org_id_fkey;
ALTER TABLE IF EXISTS public.part DROP CONSTRAINT IF EXISTS part_pkey;
