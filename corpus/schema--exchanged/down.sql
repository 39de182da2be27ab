DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('two.a') AND relkind IN ('r', 'p')) THEN
    ALTER SCHEMA one RENAME TO one__in_the_way;
ALTER SCHEMA two RENAME TO one;
ALTER SCHEMA one__in_the_way RENAME TO two;
  END IF;
END
$rollback$;
ALTER TABLE IF EXISTS two.bb RENAME TO b;
DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('two.b') AND attname = 'key' AND NOT attisdropped) THEN
    ALTER TABLE two.b RENAME COLUMN key TO id;
  END IF;
END
$rollback$;
