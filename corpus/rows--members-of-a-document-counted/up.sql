alter table chat add column size integer;
update chat set size = (select count(*) from jsonb_array_elements(messages));
