create table between as select * from live;
delete from live;
insert into live select * from archived;
delete from archived;
insert into archived select * from between;
