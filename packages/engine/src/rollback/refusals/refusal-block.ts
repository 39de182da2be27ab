import { quoteLiteral } from '../../sql/quote.ts';
import type { WholeStep } from '../action.ts';
import { dollarTag } from '../dollar-tag.ts';
import type { StatementDraft } from '../draft.ts';
import { LOCK_MODES, type LockMode, type Refusal } from './refusal.ts';

/**
 * How rows are shown: by queries that find them, or by a few of them, where they lie under these names only as long as the
 * rollback runs.
 */
export type Shown = 'queries' | 'rows';

/** The step that looks whether rows are in the way; none where nothing can be. */
export function countFirst(refusals: readonly Refusal[], shown: Shown): WholeStep[] {
  if (refusals.length === 0) return [];
  return [
    {
      verb: 'count',
      draft: { kind: 'statements', statements: [refusalBlock(refusals, shown)], leftovers: [] },
    },
  ];
}

/** The statement that counts the rows which are in the way, and refuses where there are some: all of them at once. */
export function refusalBlock(refusals: readonly Refusal[], shown: Shown): StatementDraft {
  const modes = strongest(refusals);
  const body = [
    // Tables may have columns of these names.
    '#variable_conflict use_column',
    'DECLARE',
    '  standing bigint;',
    ...(refusals.some(({ isOneByOne }) => isOneByOne) ? ['  written text;', '  unfit text[];'] : []),
    `  problems text[] := '{}';`,
    `  found text[] := '{}';`,
    'BEGIN',
    ...refusals.flatMap((refusal) => indented(question(refusal, modes, shown))),
    `  IF problems <> '{}' THEN`,
    `    RAISE EXCEPTION 'in the way of this rollback: %', array_to_string(problems, '; ')`,
    `      USING DETAIL = '${shown === 'queries' ? 'Find them:' : 'Some of them:'}' || E'\\n' || array_to_string(found, E';\\n'),`,
    `        HINT = ${quoteLiteral(hintFor(refusals)).trim()};`,
    '  END IF;',
    'END',
  ].join('\n');
  const tag = dollarTag('rows', body);
  return { sql: `DO ${tag}\n${body}\n${tag}`, onlyIf: null };
}

function hintFor(refusals: readonly Refusal[]): string {
  const letStay = refusals.some(({ mayStay }) => mayStay)
    ? ' A CHECK or FOREIGN KEY lets them stay where this script makes it NOT VALID.'
    : '';
  return `Change or delete these rows and run the rollback once more, or keep the migration and mend it with a further one.${letStay}`;
}

function question(
  { onlyIf, locks, count, what, list, isOneByOne }: Refusal,
  modes: ReadonlyMap<string, LockMode>,
  shown: Shown,
): string[] {
  const lines = [
    ...[...locks.keys()].map((table) => `LOCK TABLE ${table} IN ${modes.get(table)} MODE;`),
    ...count,
    'IF standing > 0 THEN',
    `  problems := problems || (${quoteLiteral(`${what}: `).trim()} || standing);`,
    `  found := found || ${shown === 'queries' ? queryOf(list, isOneByOne) : someOf(list)};`,
    'END IF;',
  ];
  return onlyIf === null ? lines : [`IF ${onlyIf} THEN`, ...indented(lines), 'END IF;'];
}

function queryOf(list: string, isOneByOne: boolean): string {
  const text = quoteLiteral(list).trim();
  return isOneByOne ? `(${text.replace('(unfit)', `(' || quote_literal(unfit) || ')`)})` : `${text}::text`;
}

/** Enough to know them by. */
const SHOWN_ROWS = 5;

function someOf(list: string): string {
  return `(SELECT string_agg(r::text, ', ') FROM (${list} LIMIT ${SHOWN_ROWS}) r)`;
}

/** A lock that is made stronger later is one that two can wait for each other with. */
function strongest(refusals: readonly Refusal[]): ReadonlyMap<string, LockMode> {
  const modes = new Map<string, LockMode>();
  for (const { locks } of refusals)
    for (const [table, mode] of locks) {
      const known = modes.get(table);
      if (known === undefined || LOCK_MODES.indexOf(mode) > LOCK_MODES.indexOf(known)) modes.set(table, mode);
    }
  return modes;
}

/** Whole lines: a string that goes on in the next one stays as it is. */
function indented(lines: readonly string[]): string[] {
  return lines.map((line) => `  ${line}`);
}
