create table quote (id int primary key, note text not null default '');
create view plain as select 1 as a;
