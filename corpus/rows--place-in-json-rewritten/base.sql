create table hook (id integer primary key, kind text not null, config jsonb not null);
