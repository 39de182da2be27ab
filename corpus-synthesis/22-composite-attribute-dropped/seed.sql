INSERT INTO residents VALUES (1, ROW('Main 1', '0123', 'Ghent')), (2, ROW(NULL, '', NULL)), (3, NULL);
