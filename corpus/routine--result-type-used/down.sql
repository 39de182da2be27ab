DROP POLICY IF EXISTS p ON public.t;
DROP INDEX IF EXISTS public.t_tax;
ALTER TABLE IF EXISTS public.t DROP CONSTRAINT IF EXISTS t_tax;
ALTER TABLE IF EXISTS public.t DROP COLUMN IF EXISTS tax;
DROP VIEW IF EXISTS public.v;
DROP FUNCTION IF EXISTS public.tax(integer);
CREATE OR REPLACE FUNCTION public.tax(price integer)
  RETURNS integer
  LANGUAGE sql
  IMMUTABLE
RETURN (price / 5);
CREATE OR REPLACE VIEW public.v (id, tax) AS
 SELECT t.id,
    public.tax(t.price) AS tax
   FROM public.t;
ALTER TABLE public.t ADD COLUMN IF NOT EXISTS tax integer GENERATED ALWAYS AS (public.tax(price)) STORED;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('public.t') AND conname = 't_tax') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_tax CHECK (((public.tax(price) >= 0) OR (price < 0)));
  END IF;
END
$rollback$;
CREATE INDEX IF NOT EXISTS t_tax ON public.t USING btree (public.tax(price));
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = to_regclass('public.t') AND polname = 'p') THEN
    CREATE POLICY p ON public.t FOR ALL TO PUBLIC USING ((public.tax(price) < 1000000000));
  END IF;
END
$rollback$;
