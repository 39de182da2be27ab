CREATE TABLE nicknames (name varchar(80) NOT NULL, "Of" text NOT NULL, since date);
CREATE UNIQUE INDEX nicknames_name_idx ON nicknames (lower(name), upper("Of"));
