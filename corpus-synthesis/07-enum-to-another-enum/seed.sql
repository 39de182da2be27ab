INSERT INTO days VALUES (1, 'calm', ARRAY['calm']::mood[], 1), (2, 'cross', ARRAY['cross', 'calm']::mood[], 2), (3, 'cross', NULL, NULL);
