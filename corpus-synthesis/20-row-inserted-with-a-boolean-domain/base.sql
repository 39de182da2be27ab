CREATE DOMAIN flag AS boolean;
CREATE DOMAIN code AS char(4);
CREATE TABLE flags (code code PRIMARY KEY, is_set flag);
