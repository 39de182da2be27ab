CREATE TABLE seats (id integer PRIMARY KEY, row_no integer, note text);
CREATE TABLE bookings (id integer PRIMARY KEY, seat seats);
