import { commentJoin, qualified, userObject } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Collations: pg_collation. `collversion` says what library made it, not what it is, and is left out. */
export const collation = kindReader('collation', {}, ({ major }) => {
  const locale = major >= 17 ? 'c.colllocale' : major >= 15 ? 'c.colliculocale' : 'null';
  const rules = major >= 16 ? 'c.collicurules' : 'null';
  return `
  select 'pg_collation/' || c.oid as identity, ${qualified('n.nspname', 'c.collname')} as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'provider', c.collprovider, 'deterministic', c.collisdeterministic, 'encoding', c.collencoding,
      'collate', c.collcollate, 'ctype', c.collctype, 'locale', ${locale}, 'rules', ${rules},
      'owner', pg_get_userbyid(c.collowner), 'comment', d.description
    ) as attributes
  from pg_collation c join pg_namespace n on n.oid = c.collnamespace ${commentJoin('d', 'pg_collation', 'c.oid')}
  where ${userObject('c', 'pg_collation', 'n')}`;
});
