alter table quote drop tax;
