alter table coat add constraint coat_size_check check (size in ('s', 'm'));
