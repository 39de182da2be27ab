create table t (id int, a int);
create function stamp() returns trigger language plpgsql as 'begin return new; end';
create trigger t_stamp before insert on t for each row execute function stamp();
alter table t enable always trigger t_stamp;
