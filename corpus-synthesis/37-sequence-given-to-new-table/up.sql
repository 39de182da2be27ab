CREATE TABLE parcels (id integer PRIMARY KEY DEFAULT nextval('numbers'));
ALTER SEQUENCE numbers OWNED BY parcels.id;
ALTER TABLE letters ADD COLUMN number bigint DEFAULT nextval('letters_numbers');
ALTER SEQUENCE letters_numbers OWNED BY letters.number;
