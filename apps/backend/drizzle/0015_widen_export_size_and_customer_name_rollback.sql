-- Rollback Migration: Widen export sizes and customer names
-- Date: 2026-11-22
-- Purpose: Rollback changes from 0015_widen_export_size_and_customer_name

-- Refuse, before anything is changed, while a value does not fit the former types
DO $$
BEGIN
  IF EXISTS (SELECT FROM "export_jobs" WHERE "file_size_bytes" NOT BETWEEN -2147483648 AND 2147483647) THEN
    RAISE EXCEPTION 'export_jobs.file_size_bytes holds sizes that do not fit an integer'
      USING ERRCODE = 'numeric_value_out_of_range',
            HINT = 'Find them with: SELECT id FROM export_jobs WHERE file_size_bytes NOT BETWEEN -2147483648 AND 2147483647';
  END IF;
  IF EXISTS (SELECT FROM "customers" WHERE char_length("name") > 120) THEN
    RAISE EXCEPTION 'customers.name holds names of more than 120 characters'
      USING ERRCODE = 'string_data_right_truncation',
            HINT = 'Find them with: SELECT id FROM customers WHERE char_length(name) > 120';
  END IF;
END;
$$;

-- Give the columns their former types back
ALTER TABLE IF EXISTS "export_jobs" ALTER COLUMN "file_size_bytes" TYPE integer;
ALTER TABLE IF EXISTS "customers" ALTER COLUMN "name" TYPE varchar(120);
