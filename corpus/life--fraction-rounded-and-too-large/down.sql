alter table meter alter delay type bigint, alter price type numeric(10,4);
