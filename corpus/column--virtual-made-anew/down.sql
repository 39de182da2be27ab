DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('public.v') AND relkind IN ('v')) THEN
    ALTER TABLE IF EXISTS public.t DROP COLUMN IF EXISTS triple;
  END IF;
END
$rollback$;
ALTER TABLE public.t ADD COLUMN IF NOT EXISTS double integer GENERATED ALWAYS AS ((a * 2)) VIRTUAL;
ALTER TABLE public.t ADD COLUMN IF NOT EXISTS triple integer GENERATED ALWAYS AS ((a * 3)) STORED;
CREATE OR REPLACE VIEW public.v (double, triple) AS
 SELECT double,
    triple
   FROM public.t;
