alter table sales.quote set schema public;
drop schema sales;
