INSERT INTO documents VALUES (1, '{"b":1, "a":2, "b":3}'), (2, '{ "z" : 1.10 }'), (3, NULL);
