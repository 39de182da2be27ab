ALTER TABLE items RENAME TO items_before;
CREATE TABLE items (id integer NOT NULL, word text) PARTITION BY LIST (app.bucket(id));
CREATE TABLE items_0 PARTITION OF items FOR VALUES IN (0);
CREATE TABLE items_1 PARTITION OF items FOR VALUES IN (1);
INSERT INTO items SELECT * FROM items_before;
DROP TABLE items_before;
