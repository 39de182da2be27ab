DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_foreign_data_wrapper WHERE fdwname = 'far_wrapper') THEN
    CREATE FOREIGN DATA WRAPPER far_wrapper;
  END IF;
END
$rollback$;
CREATE SERVER IF NOT EXISTS far FOREIGN DATA WRAPPER "far_wrapper" OPTIONS (host 'a');
CREATE FOREIGN TABLE IF NOT EXISTS public.f (
  a integer
) SERVER "far";
CREATE OR REPLACE VIEW public.v (a) AS
 SELECT f.a
   FROM public.f;
CREATE USER MAPPING IF NOT EXISTS FOR public SERVER far OPTIONS (login 'x');
