create table other (c int) inherits (parent);
