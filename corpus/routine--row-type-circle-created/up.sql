create table t (id int primary key, a int not null, b int not null);
create function fits(r t) returns boolean language sql immutable return (r).a <= (r).b;
alter table t add constraint t_fits check (fits(t));
