alter table booking drop constraint booking_overlap;
