import { commentJoin, qualified, userObject } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Operator families with all their members: pg_opfamily, pg_amop, pg_amproc. */
export const operatorFamily = kindReader(
  'operator-family',
  {},
  () => `
  select 'pg_opfamily/' || f.oid as identity, ${qualified('n.nspname', 'f.opfname')} || ' using ' || quote_ident(m.amname) as name,
    null as parent, null as relation, null::int as position,
    json_build_object(
      'operators', (select array_agg(line order by line collate "C") from (select o.amopstrategy || ' ' || o.amopopr::regoperator || ' (' || format_type(o.amoplefttype, null) || ', ' || format_type(o.amoprighttype, null) || ') ' || o.amoppurpose::text || coalesce(' ' || (select opfname from pg_opfamily s where s.oid = o.amopsortfamily), '') as line from pg_amop o where o.amopfamily = f.oid) operators),
      'functions', (select array_agg(line order by line collate "C") from (select p.amprocnum || ' ' || p.amproc::regprocedure || ' (' || format_type(p.amproclefttype, null) || ', ' || format_type(p.amprocrighttype, null) || ')' as line from pg_amproc p where p.amprocfamily = f.oid) functions),
      'owner', pg_get_userbyid(f.opfowner), 'comment', d.description
    ) as attributes
  from pg_opfamily f join pg_namespace n on n.oid = f.opfnamespace join pg_am m on m.oid = f.opfmethod ${commentJoin('d', 'pg_opfamily', 'f.oid')}
  where ${userObject('f', 'pg_opfamily', 'n')}`,
);
