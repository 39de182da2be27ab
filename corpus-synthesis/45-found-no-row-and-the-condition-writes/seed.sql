INSERT INTO purses VALUES (1, 'a'), (2, 'b');
INSERT INTO spendings VALUES (1, 'bread');
