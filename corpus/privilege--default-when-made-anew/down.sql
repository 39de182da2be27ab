DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('public.w') AND relkind IN ('v')) THEN
    DROP VIEW IF EXISTS public.v;
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('public.w') AND relkind IN ('v')) THEN
    DROP FUNCTION IF EXISTS public.tax(integer);
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF to_regtype('public.e') IS NULL THEN
    CREATE TYPE public.e AS ENUM ('x');
  END IF;
END
$rollback$;
REVOKE ALL ON TYPE public.e FROM PUBLIC;
GRANT ALL ON TYPE public.e TO PUBLIC;
CREATE OR REPLACE FUNCTION public.tax(price integer)
  RETURNS integer
  LANGUAGE sql
  IMMUTABLE
RETURN (price / 5);
REVOKE ALL ON FUNCTION public.tax(integer) FROM "corpus_reader";
REVOKE ALL ON FUNCTION public.tax(integer) FROM PUBLIC;
GRANT ALL ON FUNCTION public.tax(integer) TO PUBLIC;
CREATE OR REPLACE VIEW public.v (id, tax) AS
 SELECT t.id,
    public.tax(t.price) AS tax
   FROM public.t;
REVOKE ALL ON TABLE public.v FROM "corpus_reader";
CREATE OR REPLACE VIEW public.w (tax) AS
 SELECT v.tax
   FROM public.v;
REVOKE ALL ON TABLE public.w FROM "corpus_reader";
GRANT SELECT ON TABLE public.w TO "corpus_writer";
CREATE SEQUENCE IF NOT EXISTS public.q AS bigint START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 NO CYCLE;
REVOKE ALL ON SEQUENCE public.q FROM "corpus_reader";
