CREATE OR REPLACE VIEW public.v (id, a) AS
 SELECT t.id,
    t.a
   FROM public.t;
ALTER VIEW public.v ALTER COLUMN a SET DEFAULT 7;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass('public.v') AND tgname = 'v_update' AND NOT tgisinternal) THEN
    CREATE TRIGGER v_update INSTEAD OF UPDATE ON public.v FOR EACH ROW EXECUTE FUNCTION public.upd();
  END IF;
END
$rollback$;
COMMENT ON TRIGGER v_update ON public.v IS 'into the table';
CREATE OR REPLACE RULE v_insert AS
    ON INSERT TO public.v DO INSTEAD  INSERT INTO public.t (id, a)
  VALUES (new.id, new.a);
COMMENT ON RULE v_insert ON public.v IS 'into the table';
