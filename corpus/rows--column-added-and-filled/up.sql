alter table quote add tax numeric;
update quote set tax = price * 0.15;
