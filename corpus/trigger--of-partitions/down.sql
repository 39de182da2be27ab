DROP TRIGGER IF EXISTS p_other ON public.p;
DROP TABLE IF EXISTS public.p_2;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('public.p') AND conname = 'p_org_id_fkey') THEN
    ALTER TABLE public.p ADD CONSTRAINT p_org_id_fkey FOREIGN KEY (org_id) REFERENCES public.org(id);
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass('public.p') AND tgname = 'p_tr' AND NOT tgisinternal) THEN
    CREATE TRIGGER p_tr AFTER INSERT ON public.p FOR EACH ROW EXECUTE FUNCTION public.f();
  END IF;
END
$rollback$;
