DO $rollback$
BEGIN
  IF (SELECT attnum FROM pg_attribute WHERE attrelid = to_regclass('public.t') AND attname = 'b') < (SELECT attnum FROM pg_attribute WHERE attrelid = to_regclass('public.t') AND attname = 'a') THEN
    ALTER TABLE public.t RENAME COLUMN a TO a__in_the_way;
ALTER TABLE public.t RENAME COLUMN b TO a;
ALTER TABLE public.t RENAME COLUMN c TO b;
ALTER TABLE public.t RENAME COLUMN a__in_the_way TO c;
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('public.t') AND attname = 'e' AND NOT attisdropped) THEN
    ALTER TABLE public.t RENAME COLUMN d TO d__in_the_way;
ALTER TABLE public.t RENAME COLUMN e TO d;
  END IF;
END
$rollback$;
ALTER TABLE IF EXISTS public.t DROP COLUMN IF EXISTS d__in_the_way;
