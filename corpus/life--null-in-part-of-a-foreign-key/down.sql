alter table kind add constraint kind_maker foreign key (maker_id, maker) references maker (id, name);
alter table kind alter maker set not null;
