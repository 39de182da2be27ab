create table line (id bigint generated always as identity primary key, quote_id bigint not null references quote (id), n int not null default 1 check (n > 0));
create index line_quote_idx on line (quote_id);
