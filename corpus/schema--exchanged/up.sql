alter schema one rename to three;
alter schema two rename to one;
alter schema three rename to two;
alter table one.b rename to bb;
alter table one.bb rename column id to key;
