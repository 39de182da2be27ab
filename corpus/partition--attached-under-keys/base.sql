create table org (id int primary key);
create table p (id int not null, at date not null, org_id int references org, kind text check (kind <> ''), primary key (id, at)) partition by range (at);
create index on p (kind);
create function f() returns trigger language plpgsql as 'begin return new; end';
create trigger p_tr after insert on p for each row execute function f();
create table part (id int not null, at date not null, org_id int, kind text, constraint p_kind_check check (kind <> ''));
