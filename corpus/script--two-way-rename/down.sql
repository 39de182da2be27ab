alter table a rename to c;
alter table b rename to a;
alter table c rename to b;
