create table t (id int primary key, a int not null);
create view v as select id, a from t;
create rule v_insert as on insert to v do instead insert into t values (new.id, new.a);
create function upd() returns trigger language plpgsql as 'begin update t set a = new.a where id = old.id; return new; end';
create trigger v_update instead of update on v for each row execute function upd();
comment on rule v_insert on v is 'into the table';
comment on trigger v_update on v is 'into the table';
alter view v alter a set default 7;
