INSERT INTO nicknames VALUES ('Jo', 'Joan', NULL);
