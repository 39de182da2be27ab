UPDATE documents SET body = '{"z": 2}' WHERE id = 2;
INSERT INTO documents VALUES (9, '[]');
