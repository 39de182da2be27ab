alter table quote add price numeric(10, 2) not null default 0;
