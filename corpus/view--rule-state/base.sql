create table t (a int);
create rule quiet as on delete to t do instead nothing;
alter table t disable rule quiet;
