alter table step alter height type integer;
