alter table t drop constraint t_fits;
drop function fits(t);
create function fits(r t, strictly boolean) returns boolean language sql immutable return (r).a < (r).b or not strictly;
alter table t add constraint t_fits check (fits(t, false));
