INSERT INTO residents VALUES (9, ROW('Side 9', '9'));
