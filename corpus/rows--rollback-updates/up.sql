alter table quote add currency text;
