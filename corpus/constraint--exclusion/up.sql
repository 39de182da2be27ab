alter table booking add constraint booking_overlap exclude using gist (room with =, during with &&);
