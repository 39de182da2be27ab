INSERT INTO customers VALUES (9, 'Ine', true);
INSERT INTO carts VALUES (9, 9);
INSERT INTO cart_lines (cart_id, qty) VALUES (9, 9);
