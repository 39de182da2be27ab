alter table customer drop constraint customer_email;
