CREATE TABLE jobs (id integer PRIMARY KEY, urgency text NOT NULL);
