DROP TRIGGER IF EXISTS t_always ON public.t;
ALTER TABLE public.t DISABLE RULE t_rule;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass('public.t') AND tgname = 't_always' AND NOT tgisinternal) THEN
    CREATE TRIGGER t_always BEFORE INSERT ON public.t FOR EACH ROW EXECUTE FUNCTION public.f();
  END IF;
END
$rollback$;
ALTER TABLE public.t ENABLE ALWAYS TRIGGER t_always;
COMMENT ON TRIGGER t_always ON public.t IS 'also on replicas';
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass('public.t') AND tgname = 't_disabled' AND NOT tgisinternal) THEN
    CREATE TRIGGER t_disabled AFTER UPDATE OF a ON public.t FOR EACH ROW EXECUTE FUNCTION public.f();
  END IF;
END
$rollback$;
ALTER TABLE public.t DISABLE TRIGGER t_disabled;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass('public.t') AND tgname = 't_later' AND NOT tgisinternal) THEN
    CREATE CONSTRAINT TRIGGER t_later AFTER INSERT ON public.t DEFERRABLE INITIALLY DEFERRED FOR EACH ROW EXECUTE FUNCTION public.f();
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass('public.t') AND tgname = 't_replica' AND NOT tgisinternal) THEN
    CREATE TRIGGER t_replica AFTER DELETE ON public.t REFERENCING OLD TABLE AS gone FOR EACH STATEMENT EXECUTE FUNCTION public.f();
  END IF;
END
$rollback$;
ALTER TABLE public.t ENABLE REPLICA TRIGGER t_replica;
