CREATE TABLE badges (id integer PRIMARY KEY, letters char(5) NOT NULL);
