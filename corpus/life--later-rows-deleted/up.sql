alter table quote add column sent boolean;
