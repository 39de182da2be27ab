alter table quote drop deleted_at;
