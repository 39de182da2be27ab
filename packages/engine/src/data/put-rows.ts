import type { Session } from '../postgres/session.ts';
import { quoteIdentifier, quoteLiteral } from '../sql/quote.ts';
import { insertionOrder } from './insertion-order.ts';
import type { RowsState } from './rows-reader.ts';
import type { SequencePositions } from './sequence-positions.ts';
import type { TableContent } from './table-content.ts';
import type { TableShape } from './table-shape.ts';

/** A moment's rows and sequences, to be put back under the same names. */
export type HeldRows = Pick<RowsState, 'contents' | 'sequences'>;

/** What came of putting rows back. */
export type PutBack =
  | { readonly kind: 'nothing-to-do' }
  | { readonly kind: 'done' }
  | { readonly kind: 'impossible'; readonly why: string };

/**
 * Makes a database hold what it held at another moment: tables that hold something else are emptied and filled again,
 * values by their exact text; sequences are set to where they stood. Tables and columns are found by name. Triggers and
 * foreign keys are not in the way of a superuser (`session_replication_role`, and triggers that heed it not are off as long); for other roles they are, so that the
 * caller has to look whether the rows are back.
 * @param session reset it afterwards
 * @param now what the database holds
 * @param then what it is to hold
 * @returns what came of it
 * @throws ServerError when the server refuses a row
 */
export async function putRows(session: Session, now: RowsState, then: HeldRows): Promise<PutBack> {
  const held = new Map([...then.contents.values()].map((content) => [content.table, content]));
  const others = insertionOrder(
    now.tables.filter(({ oid, name }) => !isSame(now.contents.get(oid), held.get(name))),
  );
  const large = others.find(({ name }) => held.get(name)?.kind === 'sums');
  if (large !== undefined)
    return { kind: 'impossible', why: `${large.name} has more rows than are held in memory` };
  const statements = [
    ...[...others].reverse().map(({ name }) => `delete from only ${name}`),
    ...others.flatMap((table) => insertion(table, held.get(table.name))),
    ...settings(now.sequences, then.sequences),
  ];
  if (statements.length === 0) return { kind: 'nothing-to-do' };
  const oids = others.map(({ oid }) => oid);
  await session.batch(
    ['begin', AS_REPLICA, withoutTriggers(oids), ...statements, WITH_TRIGGERS, 'commit'].join(';'),
  );
  return { kind: 'done' };
}

/** Neither triggers nor foreign keys are in the way of a replica's writes (PostgreSQL manual 20.11.1); superusers may. */
export const AS_REPLICA = `select set_config('session_replication_role', 'replica', true) where current_setting('is_superuser') = 'on'`;

/** The setting that says, within the transaction, how the triggers are made what they were. */
const UNDO = 'pivotal_flow.trigger_states';

/** Triggers that are on always, or for replicas, are in the way of a replica's writes as well: they are off as long. */
function withoutTriggers(oids: readonly string[]): string {
  return `do $put$
    declare
      found record;
      undo text := '';
    begin
      if current_setting('is_superuser') = 'on' then
        for found in select tgrelid::regclass as relation, tgname, tgenabled from pg_trigger
          where tgrelid = any ('{${oids.join(',')}}'::oid[]) and tgenabled in ('A', 'R') and not tgisinternal
        loop
          execute format('alter table only %s disable trigger %I', found.relation, found.tgname);
          undo := undo || format('alter table only %s enable %s trigger %I;', found.relation,
            case found.tgenabled when 'A' then 'always' else 'replica' end, found.tgname);
        end loop;
      end if;
      perform set_config('${UNDO}', undo, true);
    end
    $put$`;
}

const WITH_TRIGGERS = `do $put$ begin execute current_setting('${UNDO}'); end $put$`;

/** Whether two contents hold the same, whatever moments they are of; what is not held is to be empty. */
function isSame(is: TableContent | undefined, was: TableContent | undefined): boolean {
  if (is === was) return true;
  if (is === undefined) return false;
  if (was === undefined) return is.kind === 'rows' && is.rows.length === 0;
  const { oid: _is, ...these } = is;
  const { oid: _was, ...those } = was;
  return JSON.stringify(these) === JSON.stringify(those);
}

function insertion(table: TableShape, content: TableContent | undefined): string[] {
  if (content?.kind !== 'rows' || content.rows.length === 0) return [];
  const columns = table.columns.filter(
    ({ name, filled }) => filled !== 'computed' && content.columns.includes(name),
  );
  const places = columns.map(({ name }) => content.columns.indexOf(name));
  const names = columns.map(({ name }) => quoteIdentifier(name)).join(', ');
  if (columns.length === 0) return content.rows.map(() => `insert into ${table.name} default values`);
  const lines = content.rows.map((row) => {
    const values = columns.map(({ type }, place) => literalOf(row[places[place] ?? -1] ?? null, type));
    return `(${values.join(', ')})`;
  });
  return [`insert into ${table.name} (${names}) overriding system value values ${lines.join(', ')}`];
}

function literalOf(text: string | null, type: string): string {
  return text === null ? 'null' : `${quoteLiteral(text)}::${type}`;
}

function settings(now: SequencePositions, then: SequencePositions): string[] {
  return [...then].flatMap(([name, { last, isCalled }]) => {
    const is = now.get(name);
    if (is === undefined || (is.last === last && is.isCalled === isCalled)) return [];
    return [`select setval(${quoteLiteral(name)}, ${last}, ${isCalled})`];
  });
}
