import { commentJoin, FIRST_USER_OID, notFromExtension } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/**
 * Publications: pg_publication, with their tables (column lists and conditions from 15 on) and schemas.
 * From 18 on generated columns may be published.
 */
export const publication = kindReader('publication', {}, ({ major }) => {
  const tables =
    major >= 15
      ? `(select json_agg(json_strip_nulls(json_build_object('table', r.prrelid::regclass::text, 'where', pg_get_expr(r.prqual, r.prrelid),
          'columns', (select array_agg(a.attname order by a.attnum) from pg_attribute a where a.attrelid = r.prrelid and a.attnum = any (r.prattrs)))) order by r.prrelid::regclass::text collate "C") from pg_publication_rel r where r.prpubid = p.oid)`
      : `(select json_agg(json_build_object('table', r.prrelid::regclass::text) order by r.prrelid::regclass::text collate "C") from pg_publication_rel r where r.prpubid = p.oid)`;
  const schemas =
    major >= 15
      ? '(select array_agg(n.nspname order by n.nspname) from pg_publication_namespace s join pg_namespace n on n.oid = s.pnnspid where s.pnpubid = p.oid)'
      : 'null';
  return `
  select 'pg_publication/' || p.oid as identity, quote_ident(p.pubname) as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'allTables', p.puballtables, 'insert', p.pubinsert, 'update', p.pubupdate, 'delete', p.pubdelete, 'truncate', p.pubtruncate,
      'viaRoot', p.pubviaroot, 'generatedColumns', ${major >= 18 ? 'p.pubgencols' : 'null'},
      'tables', ${tables}, 'schemas', ${schemas},
      'owner', pg_get_userbyid(p.pubowner), 'comment', d.description
    ) as attributes
  from pg_publication p ${commentJoin('d', 'pg_publication', 'p.oid')}
  where p.oid >= ${FIRST_USER_OID} and ${notFromExtension('p.oid', 'pg_publication')}`;
});
