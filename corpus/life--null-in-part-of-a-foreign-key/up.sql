alter table kind drop constraint kind_maker;
alter table kind alter maker drop not null;
