alter table meter alter delay type double precision, alter price type numeric;
