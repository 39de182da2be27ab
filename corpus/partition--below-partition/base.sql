create table org (id int primary key);
