INSERT INTO users VALUES (1, 'a@shop.test'), (2, 'b@shop.org');
INSERT INTO invoices VALUES (1, 1), (2, 2);
INSERT INTO visits VALUES (1, 1, 'home'), (2, 2, 'cart');
