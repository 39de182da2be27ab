CREATE TABLE purses (id integer PRIMARY KEY, name text);
CREATE TABLE spendings (id integer PRIMARY KEY, note text);
CREATE FUNCTION spend(n integer) RETURNS boolean LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DELETE FROM spend' || 'ings'; RETURN true; END $$;
