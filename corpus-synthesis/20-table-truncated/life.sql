INSERT INTO visits VALUES (900, '/late');
