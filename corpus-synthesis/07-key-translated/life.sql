UPDATE shops SET name = 'west' WHERE name = 'south';
DELETE FROM sales WHERE id = 2;
