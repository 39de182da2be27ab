DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('public.t') AND conname = 't_a') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_a UNIQUE (a) INCLUDE (b);
  END IF;
END
$rollback$;
COMMENT ON INDEX public.t_a IS 'behind it';
COMMENT ON CONSTRAINT t_a ON public.t IS 'one each';
CREATE INDEX IF NOT EXISTS t_cluster ON public.t USING btree (b DESC NULLS LAST) WHERE (c IS NOT NULL);
CREATE INDEX IF NOT EXISTS t_cluster_all ON public.t USING btree (b);
ALTER TABLE public.t CLUSTER ON t_cluster_all;
CREATE INDEX IF NOT EXISTS t_expr ON public.t USING btree (lower(c), ((b + 1))) INCLUDE (a);
ALTER INDEX public.t_expr ALTER COLUMN 1 SET STATISTICS 200;
COMMENT ON INDEX public.t_expr IS 'for the search';
CREATE UNIQUE INDEX IF NOT EXISTS t_id ON public.t USING btree (id) WITH (fillfactor='70');
ALTER TABLE public.t REPLICA IDENTITY USING INDEX t_id;
