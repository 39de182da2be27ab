alter table badge alter secret set not null;
