create table maker (id uuid primary key, name text not null, unique (id, name));
create table kind (id uuid primary key, maker_id uuid not null, maker text not null, constraint kind_maker foreign key (maker_id, maker) references maker (id, name));
