alter table booking drop constraint booking_room;
alter table booking drop constraint booking_key;
alter table room drop constraint room_key;
