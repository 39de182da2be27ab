INSERT INTO visits (page) VALUES ('/'), ('/a'), ('/b');
INSERT INTO visit_steps (visit_id, step) VALUES (1, 'in'), (3, NULL);
