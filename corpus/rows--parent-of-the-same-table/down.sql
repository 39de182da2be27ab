alter table place add column within integer references place;
