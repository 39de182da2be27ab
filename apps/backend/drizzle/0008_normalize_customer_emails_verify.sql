-- Verify Migration: Normalize customer e-mail addresses
-- Date: 2026-11-24
-- Purpose: What has to be true of addresses after 0008_normalize_customer_emails, and after its rollback

-- Every address is in its normal form, and none is empty that was not
SELECT "id", "email", "email_as_entered"
FROM "customers"
WHERE "email" IS DISTINCT FROM lower(btrim("email"));

-- What was entered is kept where it was something else, and only there
SELECT "id", "email", "email_as_entered"
FROM "customers"
WHERE lower(btrim("email_as_entered")) IS DISTINCT FROM "email" AND "email_as_entered" IS NOT NULL
  OR "email_as_entered" = "email";

-- After rollback

-- Customers can be found by the addresses that they gave: the column that kept them is gone
SELECT "attname"
FROM "pg_attribute"
WHERE "attrelid" = 'customers'::regclass AND "attname" = 'email_as_entered';
