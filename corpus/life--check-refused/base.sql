create table quote (id integer primary key, note text not null, price numeric(8,2));
alter table quote add constraint positive check (price > 0);
