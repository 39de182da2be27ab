alter table quote rename net to total;
alter table quote add constraint quote_total check (total > 0);
