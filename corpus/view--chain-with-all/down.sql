DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('public.m') AND relkind IN ('m')) THEN
    DROP VIEW IF EXISTS public.b;
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('public.m') AND relkind IN ('m')) THEN
    DROP VIEW IF EXISTS public.a;
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.quote') AND attname = 'price' AND (format_type(atttypid, atttypmod) <> 'numeric(10,2)' OR attcollation <> (SELECT typcollation FROM pg_type WHERE pg_type.oid = atttypid))) THEN
    ALTER TABLE public.quote ALTER COLUMN price SET DATA TYPE numeric(10,2) USING price::numeric(10,2);
  END IF;
END
$rollback$;
CREATE OR REPLACE VIEW public.a (id, price, note) WITH (security_barrier=true) AS
 SELECT quote.id,
    quote.price,
    quote.note
   FROM public.quote
  WHERE (quote.price > (0)::numeric);
ALTER VIEW public.a ALTER COLUMN note SET DEFAULT 'none'::text;
GRANT SELECT ON TABLE public.a TO "corpus_reader" WITH GRANT OPTION;
GRANT SELECT ON TABLE public.a TO "corpus_writer";
COMMENT ON VIEW public.a IS 'with a price';
COMMENT ON COLUMN public.a.price IS 'net';
GRANT UPDATE (note) ON TABLE public.a TO "corpus_reader" WITH GRANT OPTION;
CREATE OR REPLACE VIEW public.b (id, double) AS
 SELECT a.id,
    (a.price * (2)::numeric) AS double
   FROM public.a;
ALTER VIEW public.b OWNER TO "corpus_writer";
GRANT SELECT ON TABLE public.b TO PUBLIC;
CREATE MATERIALIZED VIEW IF NOT EXISTS public.m (double, n) AS
 SELECT b.double,
    count(*) AS n
   FROM public.b
  GROUP BY b.double
WITH DATA;
GRANT SELECT ON TABLE public.m TO "corpus_reader";
COMMENT ON MATERIALIZED VIEW public.m IS 'counted';
CREATE UNIQUE INDEX IF NOT EXISTS m_double ON public.m USING btree (double);
CREATE INDEX IF NOT EXISTS m_n ON public.m USING btree (n) WHERE (n > 1);
