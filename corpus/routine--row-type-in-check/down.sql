ALTER TABLE IF EXISTS public.t DROP CONSTRAINT IF EXISTS t_fits;
DROP FUNCTION IF EXISTS public.fits(public.t, boolean);
CREATE OR REPLACE FUNCTION public.fits(r public.t)
  RETURNS boolean
  LANGUAGE sql
  IMMUTABLE
RETURN ((r).a <= (r).b);
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('public.t') AND conname = 't_fits') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_fits CHECK (public.fits(t.*));
  END IF;
END
$rollback$;
