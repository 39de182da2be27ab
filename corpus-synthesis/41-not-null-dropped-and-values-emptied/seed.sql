INSERT INTO letters VALUES (1, 'here'), (2, 'there');
