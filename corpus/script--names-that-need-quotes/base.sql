create schema "a.b";
create schema "select";
create type "a.b"."Zu stand" as enum ('it''s', 'back\slash', 'größer');
create table "a.b"."t (1)" (
  "id, no" int primary key,
  "größe" "a.b"."Zu stand" not null default 'it''s',
  "a""b" text,
  "user" int references "a.b"."t (1)",
  constraint "chk on x" check ("a""b" <> 'x on y')
);
create index "ix (2)" on "a.b"."t (1)" (lower("a""b"));
create function "select"."f(x)"("arg one" text, "b" int default 1) returns text language sql immutable return "arg one" || 'f(x)';
create view "select"."v.w" as select "select"."f(x)"("a""b") as "c.d" from "a.b"."t (1)";
create policy "p on q" on "a.b"."t (1)" using ("user" > 0);
create function "a.b"."$rollback$"() returns trigger language plpgsql as $f$begin /* $rollback$ $function$ */ return new; end$f$;
create trigger "tr on t" before insert on "a.b"."t (1)" for each row execute function "a.b"."$rollback$"();
comment on column "a.b"."t (1)"."a""b" is '$rollback$';
comment on view "select"."v.w" is 'a '' quote';
