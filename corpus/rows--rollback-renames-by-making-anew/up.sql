alter table quote rename amount to total;
