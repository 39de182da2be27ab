import { mkdir, rm } from 'node:fs/promises';
import { dirname, resolve } from 'node:path';
import { placedInDraft } from './draft-places.ts';
import { systemCode, writeTextFile } from './project/text-file.ts';
import type { Proof } from './proof/proof.ts';
import type { ReportError, SynthesizedScript } from './report/report.ts';
import { draftPath, type Proposal } from './rollback-proposal.ts';
import { comment } from './sql/comment.ts';
import type { Work } from './walk.ts';

/** What became of the proposals. */
export interface WrittenProposals {
  /** By id of the migration. */
  readonly scripts: ReadonlyMap<string, SynthesizedScript>;
  readonly errors: readonly ReportError[];
  /** Those that were handed over, with the places of a draft where one was made. */
  readonly proofs: readonly Proof[];
}

/** Writes scripts that were proven; others lie beside as drafts that nothing runs. */
export async function writeProposals(
  proposals: ReadonlyMap<string, Proposal>,
  proofs: readonly Proof[],
  { write, work }: { readonly write: boolean; readonly work: Work },
): Promise<WrittenProposals> {
  const scripts = new Map<string, SynthesizedScript>();
  const errors: ReportError[] = [];
  const told: Proof[] = [];
  for (const run of proofs) {
    const proposal = proposals.get(run.id);
    const isProven = run.verdict === 'proven' || run.verdict === 'conditional';
    const proof = proposal === undefined || isProven ? run : placedInDraft(run, proposal);
    told.push(proof);
    if (proposal === undefined) continue;
    const { text, unwritten, migration, stash } = proposal;
    const file = isProven ? migration.rollbackFile : draftPath(migration.rollbackFile);
    const written = isProven ? text : unproven(text, proof);
    const error = write ? await writePair({ ...proposal, text: written }, { file, isProven, work }) : null;
    if (error !== null) errors.push(error);
    const state = !write || error !== null ? 'not-written' : isProven ? 'written' : 'draft';
    scripts.set(proof.id, {
      file,
      state,
      text: written,
      unwritten: [...unwritten],
      stash: stash === null ? null : { ...stash, file: isProven ? stash.file : draftPath(stash.file) },
    });
  }
  return { scripts, errors, proofs: told };
}

/** The stash first: a rollback that counts on one that is not there could not run. */
async function writePair(
  { text, stash }: Pick<Proposal, 'text' | 'stash'>,
  { file, isProven, work }: { file: string; isProven: boolean; work: Work },
): Promise<ReportError | null> {
  if (stash !== null) {
    const error = await writeScript(isProven ? stash.file : draftPath(stash.file), stash.text, work);
    if (error !== null) return error;
  }
  const error = await writeScript(file, text, work);
  if (error === null && isProven) await removeDrafts([file, ...(stash === null ? [] : [stash.file])], work);
  return error;
}

/** A draft of an earlier run would be taken for what is still to be done. */
async function removeDrafts(files: readonly string[], { resolved }: Work): Promise<void> {
  for (const file of files) await rm(resolve(resolved.cwd, draftPath(file)), { force: true });
}

/** A draft says of itself that it is one. */
function unproven(text: string, { verdict, reason }: Proof): string {
  const why = comment(
    `UNPROVEN (${verdict}): ${(reason ?? 'see pivotal-flow verify').replaceAll(/\s+/g, ' ')}`,
  );
  const [first = '', ...rest] = text.split('\n');
  return [first, why, ...rest].join('\n');
}

async function writeScript(
  file: string,
  text: string,
  { resolved, surroundings }: Work,
): Promise<ReportError | null> {
  const path = resolve(resolved.cwd, file);
  const tag = Buffer.from(surroundings.randomBytes(6)).toString('hex');
  try {
    await mkdir(dirname(path), { recursive: true });
    await writeTextFile(path, text, tag);
    return null;
  } catch (error) {
    return {
      code: 'unwritable-rollback',
      message: `${file} could not be written (${systemCode(error)})`,
      fix: 'make the folder writable, or take the script with --stdout',
      file,
      line: null,
      column: null,
    };
  }
}
