INSERT INTO members (email, state) VALUES ('ann@x.org', 'active'), ('bo@x.org', 'spam'), ('cy@x.org', 'spam');
