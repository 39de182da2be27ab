alter table quote rename to quote_old;
create table quote (id bigint, remark text);
