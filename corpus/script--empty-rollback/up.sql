alter table quote add extra text;
