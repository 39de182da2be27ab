delete from note;
insert into note (body, kind) select body, kind from note_before;
alter table note drop column if exists day;
drop table note_before;
