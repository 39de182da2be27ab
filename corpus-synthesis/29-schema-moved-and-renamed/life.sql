INSERT INTO attic.deals (body) VALUES ('c');
INSERT INTO trade.leads VALUES (9, 3);
