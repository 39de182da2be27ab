alter table club add column deleted boolean not null default false;
drop index club_name_again;
drop index club_name_lower;
create unique index club_name_lower on club (lower(name)) where not deleted;
alter table club drop constraint club_name;
