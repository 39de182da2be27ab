create table p (id int not null, at date not null) partition by range (at);
create table p_1 partition of p for values from ('2024-01-01') to ('2025-01-01');
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger p_tr after insert on p for each row execute function f();
create table org (id int primary key);
alter table p add org_id int references org;
