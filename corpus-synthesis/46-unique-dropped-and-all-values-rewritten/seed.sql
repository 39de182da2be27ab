INSERT INTO members (email) VALUES ('ann@x.org'), ('bo@x.org');
