drop index if exists seat_place;
