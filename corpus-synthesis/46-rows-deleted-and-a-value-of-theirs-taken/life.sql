INSERT INTO members (email, state) VALUES ('bo@x.org', 'active'), ('di@x.org', 'active');
