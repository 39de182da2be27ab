alter table offer rename to quote;
