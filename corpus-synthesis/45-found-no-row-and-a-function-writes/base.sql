CREATE TABLE purses (id integer PRIMARY KEY, coins integer);
CREATE TABLE spendings (id integer PRIMARY KEY, note text);
CREATE FUNCTION spend(n integer) RETURNS integer LANGUAGE plpgsql AS $$ BEGIN EXECUTE 'DELETE FROM spend' || 'ings'; RETURN n; END $$;
