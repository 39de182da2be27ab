import { commentJoin, qualified, userObject } from '../fragments.ts';
import { kindReader } from '../kind-reader.ts';

/** Encoding conversions: pg_conversion. */
export const conversion = kindReader(
  'conversion',
  {},
  () => `
  select 'pg_conversion/' || c.oid as identity, ${qualified('n.nspname', 'c.conname')} as name, null as parent, null as relation, null::int as position,
    json_build_object(
      'from', pg_encoding_to_char(c.conforencoding), 'to', pg_encoding_to_char(c.contoencoding),
      'function', c.conproc::regprocedure::text, 'default', c.condefault,
      'owner', pg_get_userbyid(c.conowner), 'comment', d.description
    ) as attributes
  from pg_conversion c join pg_namespace n on n.oid = c.connamespace ${commentJoin('d', 'pg_conversion', 'c.oid')}
  where ${userObject('c', 'pg_conversion', 'n')}`,
);
