DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_operator WHERE oid = to_regoperator('public.!==(integer, integer)') AND oprcode <> 0) THEN
    CREATE OPERATOR public.!== (
  FUNCTION = int4ne,
  LEFTARG = integer,
  RIGHTARG = integer,
  COMMUTATOR = OPERATOR(public.!==),
  NEGATOR = OPERATOR(public.===)
);
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_operator WHERE oid = to_regoperator('public.<<<(integer, text)') AND oprcode <> 0) THEN
    CREATE OPERATOR public.<<< (
  FUNCTION = public.lt,
  LEFTARG = integer,
  RIGHTARG = text
);
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_amop WHERE amopfamily = (SELECT pg_opfamily.oid FROM pg_opfamily WHERE opfname = 'near' AND opfnamespace = to_regnamespace('public') AND opfmethod = (SELECT pg_am.oid FROM pg_am WHERE amname = 'btree')) AND amopstrategy = 1 AND amoplefttype = to_regtype('integer') AND amoprighttype = to_regtype('text')) THEN
    ALTER OPERATOR FAMILY public.near USING btree ADD OPERATOR 1 public.<<<(integer,text);
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_amproc WHERE amprocfamily = (SELECT pg_opfamily.oid FROM pg_opfamily WHERE opfname = 'near' AND opfnamespace = to_regnamespace('public') AND opfmethod = (SELECT pg_am.oid FROM pg_am WHERE amname = 'btree')) AND amprocnum = 1 AND amproclefttype = to_regtype('integer') AND amprocrighttype = to_regtype('text')) THEN
    ALTER OPERATOR FAMILY public.near USING btree ADD FUNCTION 1 (integer, text) public.cmp(integer,text);
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_operator WHERE oid = to_regoperator('public.===(integer, integer)') AND oprcode <> 0) THEN
    CREATE OPERATOR public.=== (
  FUNCTION = int4eq,
  LEFTARG = integer,
  RIGHTARG = integer,
  COMMUTATOR = OPERATOR(public.===),
  NEGATOR = OPERATOR(public.!==),
  HASHES,
  MERGES
);
  END IF;
END
$rollback$;
DO $rollback$
BEGIN
  IF NOT EXISTS (SELECT FROM pg_opclass WHERE opcname = 'near_int' AND opcnamespace = to_regnamespace('public') AND opcmethod = (SELECT pg_am.oid FROM pg_am WHERE amname = 'btree')) THEN
    CREATE OPERATOR CLASS public.near_int FOR TYPE integer USING btree FAMILY public.near AS
  OPERATOR 1 <(integer,integer),
  OPERATOR 3 =(integer,integer),
  FUNCTION 1 (integer, integer) btint4cmp(integer,integer);
  END IF;
END
$rollback$;
