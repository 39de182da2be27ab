CREATE FUNCTION vat(net integer) RETURNS integer LANGUAGE sql IMMUTABLE AS 'SELECT net / 5';
CREATE TABLE items (id integer PRIMARY KEY, net integer NOT NULL, tax integer GENERATED ALWAYS AS (vat(net)) STORED);
ALTER TABLE items ENABLE ROW LEVEL SECURITY;
ALTER TABLE items ADD CONSTRAINT vat_positive CHECK (vat(net) >= 0);
CREATE INDEX items_vat ON items (vat(net));
CREATE VIEW taxed AS SELECT id, vat(net) AS vat FROM items;
CREATE POLICY cheap ON items USING (vat(net) < 100);
