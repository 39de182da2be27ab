delete from quote a using quote b where a.code = b.code and a.id > b.id;
alter table quote drop constraint if exists quote_code;
alter table quote add constraint quote_code unique (code);
