import { commentJoin, qualified, userObject } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Operator classes: pg_opclass. Their operators and functions are told with the family. */
export const operatorClass = kindReader(
  'operator-class',
  {},
  () => `
  select 'pg_opclass/' || c.oid as identity, ${qualified('n.nspname', 'c.opcname')} || ' using ' || quote_ident(m.amname) as name,
    null as parent, null as relation, null::int as position,
    json_build_object(
      'family', (select ${qualified('fn.nspname', 'f.opfname')} from pg_opfamily f join pg_namespace fn on fn.oid = f.opfnamespace where f.oid = c.opcfamily),
      'type', format_type(c.opcintype, null), 'storage', case when c.opckeytype <> 0 then format_type(c.opckeytype, null) end, 'default', c.opcdefault,
      'members', (select array_agg(line order by line collate "C") from (
        select pg_describe_object(x.classid, x.objid, 0) as line from pg_depend x
        where x.refclassid = 'pg_opclass'::regclass and x.refobjid = c.oid and x.classid in ('pg_amop'::regclass, 'pg_amproc'::regclass)) members),
      'owner', pg_get_userbyid(c.opcowner), 'comment', d.description
    ) as attributes
  from pg_opclass c join pg_namespace n on n.oid = c.opcnamespace join pg_am m on m.oid = c.opcmethod ${commentJoin('d', 'pg_opclass', 'c.oid')}
  where ${userObject('c', 'pg_opclass', 'n')}`,
);
