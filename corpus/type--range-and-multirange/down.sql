DROP TYPE IF EXISTS public.extent;
CREATE OR REPLACE FUNCTION public.span(double precision, double precision)
  RETURNS double precision
  LANGUAGE sql
  IMMUTABLE
RETURN ($1 - $2);
DO $rollback$
BEGIN
  IF to_regtype('public.extent') IS NULL THEN
    CREATE TYPE public.extent AS RANGE (subtype = double precision, subtype_opclass = pg_catalog.float8_ops, subtype_diff = public.span, multirange_type_name = public.extents);
  END IF;
END
$rollback$;
