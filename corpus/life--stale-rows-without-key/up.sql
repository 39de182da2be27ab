create table note_before as table note;
alter table note add column day date;
