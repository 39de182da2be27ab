INSERT INTO halls VALUES (7, 'south');
INSERT INTO seats SELECT 7, number FROM generate_series(1, 3) AS number;
