CREATE TABLE codes (id integer PRIMARY KEY, code text NOT NULL CHECK (code ~ '^ *[0-9]+ *$' AND length(code) < 9));
