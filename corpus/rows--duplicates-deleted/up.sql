delete from customer a using customer b where a.id > b.id and a.email = b.email;
alter table customer add constraint customer_email unique (email);
