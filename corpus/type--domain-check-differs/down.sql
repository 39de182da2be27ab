DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_constraint WHERE contypid = to_regtype('public.net') AND conname = 'net_below') THEN
    ALTER DOMAIN public.net RENAME CONSTRAINT net_below TO net_small;
  END IF;
END
$rollback$;
ALTER DOMAIN public.net DROP CONSTRAINT IF EXISTS net_above;
ALTER DOMAIN public.price DROP CONSTRAINT IF EXISTS price_positive;
ALTER DOMAIN public.price SET DEFAULT 1;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE contypid = to_regtype('public.price') AND conname = 'price_positive') THEN
    ALTER DOMAIN public.price ADD CONSTRAINT price_positive CHECK ((VALUE > (0)::numeric));
  END IF;
END
$rollback$;
