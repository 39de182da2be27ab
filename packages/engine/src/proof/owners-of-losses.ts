import type { Owner } from '../catalog/partial/catalog-rows.ts';
import { rowEffects } from '../data/row-effects.ts';
import type { Session } from '../postgres/session.ts';
import { CALLING } from '../rollback/stash/reached-effects.ts';
import { partsOfName, unquotedPart } from '../sql/qualified-name.ts';
import { quoteLiteral } from '../sql/quote.ts';
import type { Statement } from '../sql/statement.ts';
import { wordsIn } from '../sql/words.ts';
import type { StashRequest } from './draft-rollback.ts';

/**
 * Tables and sequences of which something gets lost, or can by what the statements do, without their being written in the catalog; and
 * tables whose rows follow by foreign keys.
 * @param session on the database as it was before the statements
 * @throws ServerError when the server refuses the query
 */
export async function ownersOfLosses(
  session: Session,
  statements: readonly Statement[],
  request: StashRequest | null,
): Promise<Owner[]> {
  if (request === null) return [];
  const lost = request.losses.flatMap(({ table }) => [table, unquotedPart(partsOfName(table).at(-1) ?? '')]);
  const effects = rowEffects(statements);
  const names = [...lost, ...effects.map(({ table }) => table)];
  if (names.length === 0) return [];
  const follows = effects.some(({ does }) => does === 'truncate-cascade')
    ? ''
    : " and (c.confdeltype in ('c', 'n', 'd') or c.confupdtype in ('c', 'n', 'd'))";
  const rows = await session.query(
    `with recursive lost(oid) as (
      select oid from pg_class where relkind in ('r', 'p', 'S') and oid >= 16384 and relname::text in (${listed(names)})
      union select c.conrelid from lost join pg_constraint c on c.confrelid = lost.oid where c.contype = 'f'${follows})
    select 'pg_class/' || oid as owner from lost`,
  );
  return rows.map((row) => String(row['owner']));
}

/**
 * Whether statements call functions, or fire triggers with functions, that may write to further tables: only a whole catalog says which those
 * are.
 * @param session on the database as it is after the statements
 * @param owners whose triggers may fire
 * @throws ServerError when the server refuses the query
 */
export async function runsFurther(
  session: Session,
  statements: readonly Statement[],
  owners: readonly Owner[],
): Promise<boolean> {
  const words = statements.filter(({ type }) => CALLING.has(type)).flatMap(({ text }) => [...wordsIn(text)]);
  const tables = owners.flatMap((owner) => /^pg_class\/(\d+)$/.exec(owner)?.[1] ?? []);
  const [row] = await session.query(
    `select exists (select from pg_proc p where p.oid >= 16384
      and (p.prosqlbody is not null or p.prosrc ~* '\\m(insert|update|delete|merge|truncate|execute|perform|select|call)\\M')
      and (p.proname::text in (${listed(['', ...words])}) or exists (select from pg_trigger g where g.tgfoid = p.oid and not g.tgisinternal and g.tgrelid in (0${tables.map((oid) => `, ${oid}`).join('')})))) as further`,
  );
  return row?.['further'] === true;
}

function listed(names: readonly string[]): string {
  return [...new Set(names)].map(quoteLiteral).join(', ');
}
