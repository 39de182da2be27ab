INSERT INTO members (email) VALUES ('hidden'), ('bo@x.org');
