INSERT INTO subscribers VALUES (1, 'a@x.org', '2020-01-01'), (2, 'a@x.org', NULL), (3, 'b@x.org', '2021-01-01'), (4, 'a@x.org', '2022-02-02');
