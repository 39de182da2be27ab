INSERT INTO orders (total) VALUES (10.50), (0.00);
INSERT INTO order_lines (order_id, sku) VALUES (1, 'A-1'), (2, 'B-2');
