INSERT INTO customers VALUES (1, 'Ann', false), (2, 'Bo', true), (3, 'Cy', true);
INSERT INTO carts VALUES (1, 1), (2, 2), (3, 2), (4, 3);
INSERT INTO cart_lines (cart_id, qty) VALUES (1, 1), (2, 2), (3, 3), (4, 4);
