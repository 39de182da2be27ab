create schema "Sales ""EU""";
create table "Sales ""EU"""."Größe.x" ("select" int primary key, "a.b" text, "日本" int);
