DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_foreign_table, unnest(ftoptions) held WHERE ftrelid = to_regclass('public.f') AND split_part(held, '=', 1) = 'table') THEN
    ALTER FOREIGN TABLE public.f OPTIONS (DROP table);
  END IF;
END
$rollback$;
ALTER FOREIGN TABLE public.f OPTIONS (SET schema 'remote');
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_attribute, unnest(attfdwoptions) held WHERE attrelid = to_regclass('public.f') AND quote_ident(attname) = 'a' AND split_part(held, '=', 1) = 'name') THEN
    ALTER FOREIGN TABLE public.f ALTER COLUMN a OPTIONS (ADD name 'aa');
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_attribute, unnest(attfdwoptions) held WHERE attrelid = to_regclass('public.f') AND quote_ident(attname) = 'b' AND split_part(held, '=', 1) = 'name') THEN
    ALTER FOREIGN TABLE public.f ALTER COLUMN b OPTIONS (DROP name);
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_foreign_data_wrapper, unnest(fdwoptions) held WHERE fdwname = 'far_wrapper' AND split_part(held, '=', 1) = 'level') THEN
    ALTER FOREIGN DATA WRAPPER far_wrapper OPTIONS (DROP level);
  END IF;
END
$rollback$;
ALTER FOREIGN DATA WRAPPER far_wrapper OPTIONS (SET mode 'slow');
ALTER SERVER far VERSION '15';
DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_foreign_server, unnest(srvoptions) held WHERE srvname = 'far' AND split_part(held, '=', 1) = 'port') THEN
    ALTER SERVER far OPTIONS (DROP port);
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_foreign_server, unnest(srvoptions) held WHERE srvname = 'far' AND split_part(held, '=', 1) = 'host') THEN
    ALTER SERVER far OPTIONS (ADD host 'a');
  END IF;
END
$rollback$;
ALTER USER MAPPING FOR public SERVER far OPTIONS (SET login 'x');
