DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.t') AND attname = 'price' AND (format_type(atttypid, atttypmod) <> 'numeric(10,2)' OR attcollation <> (SELECT typcollation FROM pg_type WHERE pg_type.oid = atttypid))) THEN
    ALTER TABLE public.t ALTER COLUMN price SET DATA TYPE numeric(10,2) USING price::numeric(10,2);
  END IF;
END
$rollback$;
ALTER TABLE public.t ADD COLUMN IF NOT EXISTS double numeric GENERATED ALWAYS AS ((price * (2)::numeric)) STORED;
CREATE OR REPLACE VIEW public.v (double) AS
 SELECT t.double
   FROM public.t;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('public.t') AND conname = 't_double') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_double CHECK ((double > ('-1000000000000'::bigint)::numeric));
  END IF;
END
$rollback$;
CREATE INDEX IF NOT EXISTS t_double ON public.t USING btree (double);
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_statistic_ext WHERE stxnamespace = to_regnamespace('public') AND stxname = 't_stat') THEN
    CREATE STATISTICS public.t_stat ON id, double FROM public.t;
  END IF;
END
$rollback$;
