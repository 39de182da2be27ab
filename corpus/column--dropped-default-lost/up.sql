alter table quote drop price, drop deleted_at;
