create table meter (id uuid primary key, delay bigint not null default -1, price numeric(10,4));
