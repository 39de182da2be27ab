create table quote (id integer primary key, code text not null);
create unique index quote_code on quote (code);
