alter table quote drop price;
