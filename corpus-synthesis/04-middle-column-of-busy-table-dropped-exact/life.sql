UPDATE orders SET price = 13 WHERE id = 1;
INSERT INTO orders (id, customer_code, price) VALUES (7, 'ann', 7);
DELETE FROM orders WHERE id = 3;
