DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('public.p') AND conname = 'p_key') THEN
    ALTER TABLE public.p ADD CONSTRAINT p_key PRIMARY KEY (id, at);
  END IF;
END
$rollback$;
CREATE INDEX IF NOT EXISTS p_kind ON ONLY public.p USING btree (kind);
CREATE INDEX IF NOT EXISTS first_kind ON public.p_2024 USING btree (kind) WITH (fillfactor='80');
COMMENT ON INDEX public.first_kind IS 'first';
ALTER INDEX public.p_kind ATTACH PARTITION public.first_kind;
CREATE INDEX IF NOT EXISTS second_kind ON public.p_2025 USING btree (kind);
ALTER INDEX public.p_kind ATTACH PARTITION public.second_kind;
