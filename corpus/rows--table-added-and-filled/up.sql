create table history (quote integer, at timestamptz not null);
insert into history select id, now() from quote;
