create table quote_before as table quote;
alter table quote alter code type varchar(3) using left(code, 3);
