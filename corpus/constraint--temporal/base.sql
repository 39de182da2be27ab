create extension btree_gist;
create table room (id int, during daterange, constraint room_key primary key (id, during without overlaps));
create table booking (id int, room_id int, during daterange, constraint booking_key unique (id, during without overlaps),
  constraint booking_room foreign key (room_id, period during) references room (id, period during));
