drop index "Sales ""EU"""."idx-ü";
alter table "Sales ""EU"""."Größe.x" drop "new column";
