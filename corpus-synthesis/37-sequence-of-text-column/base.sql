CREATE TABLE parcels (id integer PRIMARY KEY, code text);
CREATE SEQUENCE codes;
ALTER SEQUENCE codes OWNED BY parcels.code;
