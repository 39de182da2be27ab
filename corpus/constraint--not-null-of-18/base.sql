create table parent (a int constraint a_there not null no inherit, b int);
create table child (c int not null) inherits (parent);
alter table parent add constraint b_there not null b not valid;
