INSERT INTO users VALUES (9, 'i@shop.test');
INSERT INTO invoices VALUES (9, 9);
