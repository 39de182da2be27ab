DO $rollback$
BEGIN
  IF (SELECT enumsortorder FROM pg_enum WHERE enumtypid = to_regtype('public.state') AND enumlabel = 'sent') < (SELECT enumsortorder FROM pg_enum WHERE enumtypid = to_regtype('public.state') AND enumlabel = 'draft') THEN
    ALTER TYPE public.state RENAME VALUE 'draft' TO 'draft__in_the_way';
ALTER TYPE public.state RENAME VALUE 'sent' TO 'draft';
ALTER TYPE public.state RENAME VALUE 'draft__in_the_way' TO 'sent';
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_enum WHERE enumtypid = to_regtype('public.state') AND enumlabel = 'settled') THEN
    ALTER TYPE public.state RENAME VALUE 'settled' TO 'paid';
  END IF;
END
$rollback$;
