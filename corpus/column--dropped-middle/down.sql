alter table quote add note text;
