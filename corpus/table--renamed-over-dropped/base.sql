create table quote (id int primary key, note text);
create view old_quote as select 1 as a;
