INSERT INTO visits (place) VALUES ('attic');
