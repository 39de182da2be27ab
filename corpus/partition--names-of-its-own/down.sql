CREATE TABLE IF NOT EXISTS public.part (
  org_id integer,
  kind text DEFAULT 'y'::text,
  at date NOT NULL,
  id integer NOT NULL,
  CONSTRAINT p_kind_check CHECK ((kind <> ''::text))
);
COMMENT ON TABLE public.part IS 'of 2024';
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('public.part') AND conname = 'my_key') THEN
    ALTER TABLE public.part ADD CONSTRAINT my_key PRIMARY KEY (id, at);
  END IF;
END
$rollback$;
CREATE INDEX IF NOT EXISTS my_kind ON public.part USING btree (kind);
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_inherits WHERE inhrelid = to_regclass('public.part') AND inhparent = to_regclass('public.p')) THEN
    ALTER TABLE public.p ATTACH PARTITION public.part FOR VALUES FROM ('2024-01-01') TO ('2025-01-01');
  END IF;
END
$rollback$;
