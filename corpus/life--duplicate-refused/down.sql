alter table quote drop constraint if exists quote_code;
alter table quote add constraint quote_code unique (code);
