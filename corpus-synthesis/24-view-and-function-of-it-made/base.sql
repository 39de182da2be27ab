CREATE TABLE leaves (id integer PRIMARY KEY, label text COLLATE "C");
