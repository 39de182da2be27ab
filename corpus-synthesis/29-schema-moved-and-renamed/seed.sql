INSERT INTO sales.deals (body) VALUES ('a'), ('b');
INSERT INTO sales.leads VALUES (1, 2);
