alter table t add v text;
update t set v = first || ' ' || rest;
alter table t alter v set not null;
alter table t drop first;
alter table t drop rest;
