DO $rollback$
BEGIN
  IF to_regnamespace('"A b"') IS NOT NULL THEN
    ALTER SCHEMA "A b" RENAME TO "a.b";
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_type WHERE oid = to_regtype('"a.b"."Zu.stand"') AND typtype IN ('e')) THEN
    ALTER TYPE "a.b"."Zu.stand" RENAME TO "Zu stand";
  END IF;
END
$rollback$;
ALTER TABLE IF EXISTS "a.b"."t on x" RENAME TO "t (1)";
DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('"a.b"."t (1)"') AND attname = 'id.no' AND NOT attisdropped) THEN
    ALTER TABLE "a.b"."t (1)" RENAME COLUMN "id.no" TO "größe";
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('"a.b"."t (1)"') AND conname = 'key (1)') THEN
    ALTER TABLE "a.b"."t (1)" RENAME CONSTRAINT "key (1)" TO "t (1)_pkey";
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF EXISTS (SELECT FROM pg_enum WHERE enumtypid = to_regtype('"a.b"."Zu stand"') AND enumlabel = 'slash''') THEN
    ALTER TYPE "a.b"."Zu stand" RENAME VALUE 'slash''' TO  E'back\\slash';
  END IF;
END
$rollback$;
COMMENT ON COLUMN "a.b"."t (1)"."a""b" IS '$rollback$';
CREATE OR REPLACE FUNCTION "a.b"."$rollback$"()
  RETURNS trigger
  LANGUAGE plpgsql
AS $function1$begin /* $rollback$ $function$ */ return new; end$function1$;
CREATE OR REPLACE FUNCTION "select"."f(x)"("arg one" text, b integer DEFAULT 1)
  RETURNS text
  LANGUAGE sql
  IMMUTABLE
RETURN ("arg one" || 'f(x)'::text);
CREATE OR REPLACE VIEW "select"."v.w" ("c.d") AS
 SELECT "select"."f(x)"("t (1)"."a""b") AS "c.d"
   FROM "a.b"."t (1)";
COMMENT ON VIEW "select"."v.w" IS 'a '' quote';
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('"a.b"."t (1)"') AND conname = 'chk on x') THEN
    ALTER TABLE "a.b"."t (1)" ADD CONSTRAINT "chk on x" CHECK (("a""b" <> 'x on y'::text));
  END IF;
END
$rollback$;
CREATE INDEX IF NOT EXISTS "ix (2)" ON "a.b"."t (1)" USING btree (lower("a""b"));
DO $pivotal_flow_rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_trigger WHERE tgrelid = to_regclass('"a.b"."t (1)"') AND tgname = 'tr on t' AND NOT tgisinternal) THEN
    CREATE TRIGGER "tr on t" BEFORE INSERT ON "a.b"."t (1)" FOR EACH ROW EXECUTE FUNCTION "a.b"."$rollback$"();
  END IF;
END
$pivotal_flow_rollback$;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_policy WHERE polrelid = to_regclass('"a.b"."t (1)"') AND polname = 'p on q') THEN
    CREATE POLICY "p on q" ON "a.b"."t (1)" FOR ALL TO PUBLIC USING (("user" > 0));
  END IF;
END
$rollback$;
