import { declarationsOf } from './migrations/declarations.ts';
import type { Migration, Script } from './migrations/model.ts';
import { scriptOf } from './migrations/script.ts';
import { segmentsOf } from './migrations/segments.ts';
import { stashOf } from './migrations/stash-file.ts';
import type { RollbackDraft } from './proof/draft-rollback.ts';
import { rollbackText } from './rollback/script-text.ts';
import type { StashPlan } from './rollback/stash/stash-plan.ts';
import { stashText } from './rollback/stash/stash-script.ts';
import { namedRelations } from './sql/named-relations.ts';
import { partsOfName, unquotedPart } from './sql/qualified-name.ts';

/** A rollback script that was written for a migration and is yet to be proven. */
export interface Proposal {
  /** With the script as its rollback, and the stash around its forward script. */
  readonly migration: Migration;
  readonly text: string;
  /** The file that sets aside what the migration destroys; `null` where there is none. */
  readonly stash: { readonly file: string; readonly text: string } | null;
  /** What the script does not bring back, in words. */
  readonly unwritten: readonly string[];
  /** What it brings back otherwise than it was, in words. */
  readonly notes: readonly string[];
  /** Columns of which it does not notice that somebody wrote to them since, in words. */
  readonly unwatched: readonly string[];
  /** What may change rows and could not be read in the forward script, in words. */
  readonly unforeseen: readonly string[];
}

/** What the header of a proposed script says beside what the migration says of itself. */
export interface ProposalHeader {
  /** Its date. */
  readonly today: string;
  /** What is declared as accepted: `table.column, reason`. */
  readonly acceptedLosses: readonly string[];
}

/** The scripts of a draft, in the policy's form. The parser must be loaded. */
export function proposalOf(
  migration: Migration,
  draft: RollbackDraft,
  { today, acceptedLosses }: ProposalHeader,
): Proposal {
  const description = descriptionOf(migration);
  const header = { migration: migration.id, description, date: today, acceptedLosses };
  const text = rollbackText(header, draft.actions, draft.leftovers, [
    ...draft.notes,
    ...draft.unwatched,
    ...draft.unforeseen,
  ]);
  const outcome = scriptOf({
    file: migration.rollbackFile,
    bytes: Buffer.from(text),
    section: 'whole',
    breakpoints: false,
  });
  const rollback = outcome.kind === 'script' ? outcome.script : null;
  const stash = draft.stash === null ? null : stashFileOf(migration, draft.stash, today);
  return {
    migration: {
      ...migration,
      ...declarationsOf(text),
      rollback,
      forward: { ...migration.forward, stash: stash?.stash ?? migration.forward.stash },
    },
    text,
    stash: stash === null ? null : { file: stash.file, text: stash.text },
    unwritten: [...draft.leftovers, ...(stash?.refusals ?? [])],
    notes: draft.notes,
    unwatched: draft.unwatched,
    unforeseen: draft.unforeseen,
  };
}

function stashFileOf(migration: Migration, plan: StashPlan, today: string) {
  const { transaction, refusals } = destructiveTransaction(migration.forward, plan);
  const file = migration.stashFile;
  const text = stashText(plan, { description: descriptionOf(migration), date: today, transaction });
  return { file, text, refusals, stash: refusals.length > 0 ? null : stashOf(file, Buffer.from(text)).stash };
}

/** The one transaction in which something happens to what is set aside. */
function destructiveTransaction(
  forward: Script,
  { tables, carried }: StashPlan,
): { transaction: number; refusals: readonly string[] } {
  const segments = segmentsOf(forward);
  const told = tables.length > 0 ? tables.map(({ before }) => before) : carried.map(({ table }) => table);
  const names = new Set(told.map(({ name }) => unquotedPart(partsOfName(name).at(-1) ?? '')));
  const touching = segments.filter((segment) => {
    const statements = segment.kind === 'alone' ? [segment.statement] : segment.statements;
    const named = namedRelations(statements);
    return [...names].some((name) => named.has(name));
  });
  const transactions = segments.filter(({ kind }) => kind === 'transaction');
  const [only] = touching.length > 0 ? touching.filter(({ kind }) => kind === 'transaction') : transactions;
  if (only !== undefined && touching.every((segment) => segment === only))
    return { transaction: transactions.indexOf(only) + 1, refusals: [] };
  return {
    transaction: 1,
    refusals: [
      'what it destroys is not destroyed within one transaction, so that nothing can be set aside safely',
    ],
  };
}

/** What its header says, else its name in words: `0007_add_export_jobs` is "Add export jobs". */
function descriptionOf({ id, forward }: Migration): string {
  const said = forward.header.fields.get('migration') ?? forward.header.purpose;
  if (said !== null && said !== undefined) return said;
  const words = id
    .replace(/^\d+[_-]?/, '')
    .replaceAll(/[_-]+/g, ' ')
    .trim();
  return words === '' ? id : words.charAt(0).toUpperCase() + words.slice(1);
}

/** Where an unproven draft lies: no layout takes it for a script. */
export function draftPath(rollbackFile: string): string {
  return `${rollbackFile}.draft`;
}
