INSERT INTO bookings (during) VALUES ('[1,5)'), ('[6,9)');
