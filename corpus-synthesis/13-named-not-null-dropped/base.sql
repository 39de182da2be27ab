CREATE TABLE rules (id integer CONSTRAINT id_is_there NOT NULL NO INHERIT, body text CONSTRAINT body_needed NOT NULL);
