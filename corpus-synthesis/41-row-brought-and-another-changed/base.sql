CREATE TABLE options (number integer PRIMARY KEY, word text);
