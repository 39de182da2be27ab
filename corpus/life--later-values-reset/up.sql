create table kept as select * from quote;
alter table kept add primary key (id);
