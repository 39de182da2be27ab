DROP VIEW IF EXISTS public.w;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('public.v') AND relkind IN ('v')) THEN
    DROP FUNCTION IF EXISTS public.tax(integer);
  END IF;
END
$rollback$;
CREATE OR REPLACE FUNCTION public.tax(price integer)
  RETURNS integer
  LANGUAGE sql
  IMMUTABLE
RETURN (- price);
CREATE OR REPLACE VIEW public.v (id, tax) AS
 SELECT t.id,
    public.tax(t.price) AS tax
   FROM public.t;
CREATE OR REPLACE VIEW public.w (id, tax) AS
 SELECT t.id,
    public.tax(t.price) AS tax
   FROM public.t;
ALTER TABLE public.t ALTER COLUMN half SET DEFAULT public.tax(10);
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('public.t') AND conname = 't_tax') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_tax CHECK ((public.tax(price) <= 0));
  END IF;
END
$rollback$;
