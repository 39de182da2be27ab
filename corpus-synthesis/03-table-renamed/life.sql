INSERT INTO purchases (total) VALUES (7.25);
INSERT INTO order_lines (order_id, sku) VALUES (3, 'C-3');
