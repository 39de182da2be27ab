INSERT INTO nicknames VALUES ('Bo', 'Robert', '2020-01-01'), ('Bo', 'Barbara', NULL), ('Al', 'Alan', '2021-05-01');
