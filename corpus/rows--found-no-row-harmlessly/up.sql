alter table note add column heading text;
create table shelf (note_id integer primary key, name text not null);
update note set heading = told where md5(told) = '0123456789abcdef0123456789abcdef';
update note set told = '' where told is null;
delete from note where false;
delete from shelf where name = 'top';
