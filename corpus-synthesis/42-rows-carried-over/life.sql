UPDATE clients SET name = 'Di' WHERE id = 1;
DELETE FROM clients WHERE id = 2;
