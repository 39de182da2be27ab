drop table shelf;
alter table note drop column heading;
