DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.t') AND attname = 'n' AND attidentity <> '') THEN
    ALTER TABLE public.t ALTER COLUMN n DROP DEFAULT;
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_depend WHERE classid = 'pg_class'::regclass AND objid = to_regclass('public.t_n_seq') AND deptype = 'i') THEN
    DROP SEQUENCE IF EXISTS public.t_n_seq;
  END IF;
END
$rollback$;
ALTER TABLE public.t ALTER COLUMN id DROP IDENTITY IF EXISTS;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.t') AND attname = 'n' AND attidentity <> '') THEN
    ALTER TABLE public.t ALTER COLUMN n ADD GENERATED ALWAYS AS IDENTITY (SEQUENCE NAME public.t_n_seq START WITH 10 INCREMENT BY 5 MINVALUE 1 MAXVALUE 2147483647 CACHE 1 NO CYCLE);
  END IF;
END
$rollback$;
SELECT setval('public.t_n_seq', max(n)) FROM public.t HAVING max(n) >= (SELECT last_value FROM public.t_n_seq);
COMMENT ON SEQUENCE public.t_n_seq IS 'in fives';
ALTER SEQUENCE IF EXISTS public.t_m_seq AS bigint START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 9223372036854775807 CACHE 1 NO CYCLE;
ALTER SEQUENCE IF EXISTS public.t_m_seq OWNED BY public.t.m;
CREATE SEQUENCE IF NOT EXISTS public.t_id_seq AS integer START WITH 1 INCREMENT BY 1 MINVALUE 1 MAXVALUE 2147483647 CACHE 1 NO CYCLE;
GRANT USAGE ON SEQUENCE public.t_id_seq TO "corpus_reader";
ALTER TABLE public.t ALTER COLUMN id SET DEFAULT nextval('public.t_id_seq'::regclass);
ALTER SEQUENCE public.t_id_seq OWNED BY public.t.id;
SELECT setval('public.t_id_seq', max(id)) FROM public.t HAVING max(id) >= (SELECT last_value FROM public.t_id_seq);
