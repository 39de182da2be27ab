import type { RowsState } from '../data/rows-reader.ts';
import { isEmpty } from '../data/table-content.ts';
import type { ScriptError } from '../replay/run-script.ts';
import { countOf } from '../sql/refused-rows.ts';
import type { RowsLevel } from './rows-climb.ts';
import type { OpenRowsRecord } from './rows-descent-record.ts';
import type { Step } from './step.ts';

/** Names of tables that were filled at a level, most of them made by its migration, and that hold rows now. */
export function ownTables({ held, filled }: RowsLevel, now: RowsState): ReadonlySet<string> {
  const names = new Set([...filled].flatMap((oid) => held.contents.get(oid)?.table ?? []));
  const holding = [...now.contents.values()].filter((content) => !isEmpty(content));
  return new Set(holding.flatMap(({ table }) => (names.has(table) ? [table] : [])));
}

/** Notes that a rollback refuses rows of its migration's own tables, and comes to its end without them. */
export function noteRefusal(
  { steps, blocked, conditions }: OpenRowsRecord,
  own: ReadonlySet<string>,
  { step, error }: { readonly step: Step; readonly error: ScriptError },
): void {
  const lived: Step = { ...step, name: 'life:ordinary' };
  const [table = null] = own.size === 1 ? own : [];
  steps.push(lived);
  blocked.push({
    kind: 'ordinary',
    loosening: null,
    step: lived,
    conversions: [],
    blockedBy: null,
    outcome: { status: 'blocked', error },
  });
  conditions.push({
    table,
    column: null,
    kind: 'ordinary',
    why: 'rows that were written since',
    countSql: table === null ? null : countOf(table, null),
    error,
  });
}
