DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('two.z') AND relkind IN ('r', 'p')) THEN
    ALTER TABLE IF EXISTS one.a RENAME TO a__in_the_way;
ALTER TABLE IF EXISTS two.z SET SCHEMA one;
ALTER TABLE IF EXISTS one.z RENAME TO a;
  END IF;
END
$rollback$;
ALTER INDEX IF EXISTS one.z_m_idx RENAME TO a_n_idx;
ALTER SEQUENCE IF EXISTS one.z_id_seq RENAME TO a_id_seq;
DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('one.a') AND attname = 'm' AND NOT attisdropped) THEN
    ALTER TABLE one.a RENAME COLUMN m TO n;
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('one.a') AND conname = 'z_id_check') THEN
    ALTER TABLE one.a RENAME CONSTRAINT z_id_check TO a_id_check;
  END IF;
END
$rollback$;
DROP TABLE IF EXISTS one.a__in_the_way;
