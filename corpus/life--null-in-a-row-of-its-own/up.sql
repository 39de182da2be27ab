alter table badge alter secret drop not null;
