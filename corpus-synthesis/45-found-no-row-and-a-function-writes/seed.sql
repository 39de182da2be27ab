INSERT INTO purses VALUES (1, 5), (2, 6);
INSERT INTO spendings VALUES (1, 'bread');
