alter table quote set unlogged;
