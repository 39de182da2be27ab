alter table label alter words type varchar;
