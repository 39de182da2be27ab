INSERT INTO days VALUES (9, 'calm', ARRAY['calm']::weather[], '3');
