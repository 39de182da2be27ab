alter table "Sales ""EU"""."Größe.x" add "new column" int default 5;
create index "idx-ü" on "Sales ""EU"""."Größe.x" ("a.b");
