create schema sales;
alter table quote set schema sales;
