INSERT INTO customers VALUES (1, 'none', 'Nobody'), (2, 'ann', 'Ann');
INSERT INTO orders (id, note, customer_code, state, price, tags) VALUES (1, 'by hand', 'ann', 'open', 12.50, '{a,b}'), (2, NULL, DEFAULT, 'closed', 0, NULL), (3, '', 'ann', 'open', 999999.99, '{}');
INSERT INTO items VALUES (1, 100, 1), (2, 110, 3), (3, NULL, NULL);
REFRESH MATERIALIZED VIEW totals;
