CREATE ROLE shop_reader;
CREATE ROLE shop_keeper CREATEDB LOGIN CONNECTION LIMIT 5 VALID UNTIL '2031-02-03 04:05:06+00';
COMMENT ON ROLE shop_keeper IS 'it''s the keeper';
CREATE ROLE "shop Owner" NOINHERIT;
GRANT shop_reader TO shop_keeper WITH ADMIN OPTION;
GRANT shop_reader TO "shop Owner" GRANTED BY shop_keeper;
GRANT shop_keeper TO "shop Owner" WITH INHERIT FALSE, SET TRUE;
ALTER ROLE shop_keeper SET work_mem = '8MB';
ALTER ROLE shop_keeper SET search_path = "$user", public;
