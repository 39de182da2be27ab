CREATE SEQUENCE numbers START 10 INCREMENT 5;
CREATE TABLE letters (id integer PRIMARY KEY, body text);
CREATE SEQUENCE letters_numbers OWNED BY letters.id;
