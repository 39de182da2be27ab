import { commentJoin, sortedPrivileges } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/**
 * Extensions: pg_extension. Their members are not objects of ours, but privileges that somebody granted on
 * them are (pg_init_privs holds what the extension's script left).
 */
export const extension = kindReader(
  'extension',
  { local: ['version', 'members', 'memberPrivileges'] },
  () => `
  select 'pg_extension/' || e.oid as identity, quote_ident(e.extname) as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'schema', n.nspname,
      'version', e.extversion,
      'relocatable', e.extrelocatable,
      'owner', pg_get_userbyid(e.extowner),
      'configurationTables', (select array_agg(c::regclass::text order by c::regclass::text collate "C") from unnest(e.extconfig) c),
      'configurationConditions', e.extcondition,
      'members', (select count(*) from pg_depend m where m.refclassid = 'pg_extension'::regclass and m.refobjid = e.oid and m.deptype = 'e'),
      'memberPrivileges', ${memberPrivileges()},
      'comment', d.description
    ) as attributes
  from pg_extension e join pg_namespace n on n.oid = e.extnamespace ${commentJoin('d', 'pg_extension', 'e.oid')}
  where e.oid >= 16384 or e.extname <> 'plpgsql'`,
);

function memberPrivileges(): string {
  const of = (catalog: string, acl: string) => `
    select pg_describe_object(m.classid, m.objid, 0) || ' ' || ${sortedPrivileges(`o.${acl}`)}::text as line
    from pg_depend m join ${catalog} o on o.oid = m.objid
    left join pg_init_privs i on i.objoid = o.oid and i.classoid = '${catalog}'::regclass and i.objsubid = 0
    where m.refclassid = 'pg_extension'::regclass and m.refobjid = e.oid and m.deptype = 'e' and m.classid = '${catalog}'::regclass
      and ${sortedPrivileges(`o.${acl}`)} is distinct from ${sortedPrivileges('i.initprivs')}`;
  return `(select array_agg(line order by line collate "C") from (${of('pg_class', 'relacl')} union all ${of('pg_proc', 'proacl')}) members)`;
}
