create table org (code text primary key check (code in ('NZ-1', 'NZ-2')));
create table t (id integer primary key, org text not null);
