alter table quote drop constraint positive;
