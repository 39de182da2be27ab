create unique index concurrently if not exists seat_place on seat (place);
