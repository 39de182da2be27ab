DROP POLICY IF EXISTS drafts ON public.t;
DROP TRIGGER IF EXISTS note ON public.t;
DROP INDEX IF EXISTS public.t_sent;
ALTER TABLE IF EXISTS public.t DROP CONSTRAINT IF EXISTS t_s;
ALTER TABLE public.t ALTER COLUMN s DROP DEFAULT;
ALTER TABLE public.t ALTER COLUMN all_s DROP DEFAULT;
ALTER TABLE IF EXISTS public.t DROP COLUMN IF EXISTS is_sent;
DROP VIEW IF EXISTS public.v;
DROP FUNCTION IF EXISTS public.next_state(public.state);
DROP TYPE IF EXISTS public.stated;
DROP DOMAIN IF EXISTS public.open_state;
DO $rollback$
BEGIN
  IF to_regtype('public.state') IS NOT NULL AND to_regtype('public.state__set_aside') IS NULL THEN
    ALTER TYPE public.state RENAME TO state__set_aside;
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF to_regtype('public.state') IS NULL THEN
    CREATE TYPE public.state AS ENUM ('draft', 'sent');
  END IF;
END
$rollback$;
GRANT ALL ON TYPE public.state TO "corpus_reader";
COMMENT ON TYPE public.state IS 'of a quote';
ALTER TABLE public.t ALTER COLUMN s SET DATA TYPE public.state USING s::text::public.state;
ALTER TABLE public.t ALTER COLUMN all_s SET DATA TYPE public.state[] USING all_s::text[]::public.state[];
DO $rollback$
BEGIN
  IF to_regtype('public.open_state') IS NULL THEN
    CREATE DOMAIN public.open_state AS public.state;
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF to_regclass('public.stated') IS NULL THEN
    CREATE TYPE public.stated AS ("s" public.state, "at" date);
  END IF;
END
$rollback$;
CREATE OR REPLACE FUNCTION public.next_state(public.state)
  RETURNS public.state
  LANGUAGE sql
  IMMUTABLE
RETURN 'sent'::public.state;
CREATE OR REPLACE VIEW public.v (id, s, all_s) AS
 SELECT t.id,
    t.s,
    t.all_s
   FROM public.t
  WHERE (t.s <> 'sent'::public.state);
GRANT SELECT ON TABLE public.v TO "corpus_reader";
COMMENT ON COLUMN public.v.s IS 'not sent';
ALTER TABLE public.t ALTER COLUMN s SET DEFAULT 'draft'::public.state;
ALTER TABLE public.t ALTER COLUMN all_s SET DEFAULT '{draft}'::public.state[];
ALTER TABLE public.t ADD COLUMN IF NOT EXISTS is_sent boolean GENERATED ALWAYS AS ((s = 'sent'::public.state)) STORED;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE contypid = to_regtype('public.open_state') AND conname = 'open_state_check') THEN
    ALTER DOMAIN public.open_state ADD CONSTRAINT open_state_check CHECK ((VALUE = 'draft'::public.state));
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('public.t') AND conname = 't_s') THEN
    ALTER TABLE public.t ADD CONSTRAINT t_s CHECK (((s <> 'sent'::public.state) OR (id > 0)));
  END IF;
END
$rollback$;
CREATE INDEX IF NOT EXISTS t_sent ON public.t USING btree (id) WHERE (s = 'sent'::public.state);
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass('public.t') AND tgname = 'note' AND NOT tgisinternal) THEN
    CREATE TRIGGER note BEFORE UPDATE ON public.t FOR EACH ROW WHEN (((old.s = 'draft'::public.state) AND (new.s = 'sent'::public.state))) EXECUTE FUNCTION public.note();
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = to_regclass('public.t') AND polname = 'drafts') THEN
    CREATE POLICY drafts ON public.t FOR ALL TO PUBLIC USING ((s = 'draft'::public.state));
  END IF;
END
$rollback$;
DROP TYPE IF EXISTS public.state__set_aside;
