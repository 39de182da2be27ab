INSERT INTO bookings (during) VALUES ('[2,3)'), ('[3,5)'), ('[20,30)');
