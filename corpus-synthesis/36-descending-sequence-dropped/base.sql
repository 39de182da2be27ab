CREATE TABLE floors (id integer PRIMARY KEY, name text);
CREATE SEQUENCE floors_down AS integer INCREMENT BY -1 OWNED BY floors.id;
ALTER TABLE floors ALTER COLUMN id SET DEFAULT nextval('floors_down');
