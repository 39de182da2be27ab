alter table coat drop constraint coat_size_check;
