CREATE TABLE visits (id bigserial PRIMARY KEY, place text NOT NULL);
