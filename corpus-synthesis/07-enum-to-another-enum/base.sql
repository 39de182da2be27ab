CREATE TYPE mood AS ENUM ('calm', 'cross');
CREATE TYPE weather AS ENUM ('calm', 'cross', 'windy');
CREATE TABLE days (id integer PRIMARY KEY, mood mood NOT NULL, moods mood[], level integer);
