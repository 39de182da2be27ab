alter table t add foreign key (org) references org;
