ALTER TABLE codes DROP CONSTRAINT codes_code_check;
ALTER TABLE codes ALTER COLUMN code TYPE integer USING code::integer;
