import { quoteLiteral } from '../../sql/quote.ts';
import type { WholeStep } from '../action.ts';
import { dollarTag } from '../dollar-tag.ts';
import type { StatementDraft } from '../draft.ts';
import { LOCK_MODES, type LockMode, type Refusal } from './refusal.ts';

/** The step that looks whether rows are in the way; none where nothing can be. */
export function countFirst(refusals: readonly Refusal[]): WholeStep[] {
  if (refusals.length === 0) return [];
  return [
    { verb: 'count', draft: { kind: 'statements', statements: [refusalBlock(refusals)], leftovers: [] } },
  ];
}

/** The statement that counts the rows which are in the way, and refuses where there are some: all of them at once. */
export function refusalBlock(refusals: readonly Refusal[]): StatementDraft {
  const locks = strongest(refusals);
  const body = `#variable_conflict use_column
DECLARE
  standing bigint;${refusals.some(({ count }) => count.includes('FOR written IN')) ? '\n  written text;' : ''}
  problems text[] := '{}';
  queries text[] := '{}';
BEGIN
${refusals.map((refusal) => indented(question(refusal, locks), 2)).join('\n')}
  IF problems <> '{}' THEN
    RAISE EXCEPTION 'in the way of this rollback: %', array_to_string(problems, '; ')
      USING DETAIL = E'Find them:\\n' || array_to_string(queries, E';\\n'),
        HINT = ${quoteLiteral(hintFor(refusals)).trim()};
  END IF;
END`;
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
  { onlyIf, locks, count, what, list }: Refusal,
  modes: ReadonlyMap<string, LockMode>,
): string {
  const lines = [
    ...[...locks.keys()].map((table) => `LOCK TABLE ${table} IN ${modes.get(table)} MODE;`),
    count,
    'IF standing > 0 THEN',
    `  problems := problems || (${quoteLiteral(`${what}: `).trim()} || standing);`,
    `  queries := queries || ${quoteLiteral(list).trim()}::text;`,
    'END IF;',
  ].join('\n');
  return onlyIf === null ? lines : `IF ${onlyIf} THEN\n${indented(lines, 2)}\nEND IF;`;
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

function indented(text: string, by: number): string {
  return text.replaceAll(/^(?=.)/gm, ' '.repeat(by));
}
