alter table run drop column source_id;
