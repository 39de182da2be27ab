CREATE TABLE hosts (id uuid PRIMARY KEY, machine text NOT NULL UNIQUE);
CREATE TABLE grants (id integer PRIMARY KEY, member text NOT NULL, host uuid NOT NULL REFERENCES hosts ON DELETE CASCADE, role text NOT NULL, UNIQUE (member, host));
