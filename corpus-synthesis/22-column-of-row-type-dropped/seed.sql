INSERT INTO seats VALUES (1, 7, 'aisle'), (2, 8, NULL);
INSERT INTO bookings VALUES (1, ROW(1, 7, 'aisle')), (2, NULL);
