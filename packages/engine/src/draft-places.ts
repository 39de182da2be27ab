import type { Proof } from './proof/proof.ts';
import type { Step } from './proof/step.ts';
import { draftPath, type Proposal } from './rollback-proposal.ts';

/** Lines that stand in a draft and did not in the script that was run: `UNPROVEN`, behind its first. */
const LINES_ADDED = 1;

/** As hints speak of a line. */
const OF_ROLLBACK = /\bline (\d+) of the rollback\b/g;

interface Place {
  readonly file: string | null;
  readonly line: number | null;
}

/**
 * A proof whose places are those of the draft as it lies on disk: a script that is to be replaced lies at the path for which
 * the draft was proven, and says something else there.
 */
export function placedInDraft(proof: Proof, { migration, stash }: Proposal): Proof {
  const draft = draftPath(migration.rollbackFile);
  const moved = <At extends Place>(at: At): At => {
    if (stash !== null && at.file === stash.file) return { ...at, file: draftPath(stash.file) };
    return at.file === migration.rollbackFile ? { ...at, file: draft, line: lineInDraft(at.line) } : at;
  };
  const retold = (text: string): string =>
    text
      .split(`${migration.rollbackFile}:`)
      .map((part, index) =>
        index === 0 ? part : `${draft}:${part.replace(/^\d+/, (line) => `${lineInDraft(Number(line))}`)}`,
      )
      .join('');
  return {
    ...proof,
    reason: proof.reason === null ? null : retold(proof.reason),
    steps: proof.steps.map(
      (step): Step => (step.status === 'failed' ? { ...step, error: moved(step.error) } : step),
    ),
    leftovers: proof.leftovers.map((leftover) => ({
      ...moved(leftover),
      hint: leftover.hint.replace(
        OF_ROLLBACK,
        (_, line) => `line ${lineInDraft(Number(line))} of the rollback`,
      ),
    })),
    conditions: proof.conditions.map((condition) => ({ ...condition, error: moved(condition.error) })),
    notices: proof.notices.map(retold),
    notChecked: proof.notChecked.map(retold),
  };
}

function lineInDraft<Line extends number | null>(line: Line): Line | number {
  return line === null || line === 1 ? line : line + LINES_ADDED;
}
