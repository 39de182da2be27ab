alter table quote drop column extra;
