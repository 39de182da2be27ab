alter table quote set logged;
