INSERT INTO guests VALUES (9, 'Ine', NULL);
UPDATE guests SET display_name = 'Bo Ek' WHERE id = 2;
