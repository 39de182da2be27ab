INSERT INTO visits (page) VALUES ('/late'), ('/later');
