CREATE TABLE words (id integer PRIMARY KEY, word text, CHECK (word IS NOT NULL));
CREATE TYPE size AS ENUM ('small', 'large');
CREATE TABLE boxes (id integer PRIMARY KEY, size size, other text, CHECK (num_nonnulls(size, other) > 0));
