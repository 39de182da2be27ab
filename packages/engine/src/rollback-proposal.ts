import { declarationsOf } from './migrations/declarations.ts';
import type { Migration } from './migrations/model.ts';
import { scriptOf } from './migrations/script.ts';
import type { RollbackDraft } from './proof/draft-rollback.ts';
import { rollbackText } from './rollback/script-text.ts';

/** A rollback script that was written for a migration and is yet to be proven. */
export interface Proposal {
  /** With the script as its rollback. */
  readonly migration: Migration;
  readonly text: string;
  /** What the script does not bring back, in words. */
  readonly unwritten: readonly string[];
}

/** What the header of a proposed script says beside what the migration says of itself. */
export interface ProposalHeader {
  /** Its date. */
  readonly today: string;
  /** What is declared as accepted: `table.column, reason`. */
  readonly acceptedLosses: readonly string[];
}

/** The script of a draft, in the policy's form. The parser must be loaded. */
export function proposalOf(
  migration: Migration,
  draft: RollbackDraft,
  { today, acceptedLosses }: ProposalHeader,
): Proposal {
  const description = descriptionOf(migration);
  const header = { migration: migration.id, description, date: today, acceptedLosses };
  const text = rollbackText(header, draft.actions, draft.leftovers);
  const outcome = scriptOf({
    file: migration.rollbackFile,
    bytes: Buffer.from(text),
    section: 'whole',
    breakpoints: false,
  });
  const rollback = outcome.kind === 'script' ? outcome.script : null;
  return {
    migration: { ...migration, ...declarationsOf(text), rollback },
    text,
    unwritten: draft.leftovers,
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
