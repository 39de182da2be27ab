INSERT INTO subscribers VALUES (9, 'c@x.org', NULL);
