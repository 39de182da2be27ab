delete from quote where sent is not null;
alter table quote drop column if exists sent;
