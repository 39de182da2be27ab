CREATE TABLE members (id integer CONSTRAINT member_key PRIMARY KEY);
CREATE TABLE visits (id integer PRIMARY KEY) PARTITION BY RANGE (id);
CREATE TABLE visits_rest PARTITION OF visits DEFAULT;
ALTER TABLE visits_rest ADD CONSTRAINT of_member FOREIGN KEY (id) REFERENCES members (id);
