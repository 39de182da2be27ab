alter table label alter words type text;
