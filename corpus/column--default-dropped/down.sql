alter table quote alter price drop default;
