alter table quote drop constraint quote_code;
