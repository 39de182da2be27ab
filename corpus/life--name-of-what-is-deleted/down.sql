drop index club_name_lower;
create unique index club_name_lower on club (lower(name));
create unique index club_name_again on club (name);
alter table club add constraint club_name unique (name);
alter table club drop column deleted;
