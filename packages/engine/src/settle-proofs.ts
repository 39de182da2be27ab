import { dirname, join, resolve } from 'node:path';
import type { Problem } from './errors/problem.ts';
import { judgeProofs } from './judge-proofs.ts';
import type { MigrationSet } from './migrations/model.ts';
import { isCi } from './project/ci.ts';
import { systemCode, writeTextFile } from './project/text-file.ts';
import { proofFileText } from './proof/proof-file/canonical.ts';
import { entryOf } from './proof/proof-file/entry.ts';
import type { ProofEntries, ProofEntry } from './proof/proof-file/format.ts';
import { type Merged, mergeEntries } from './proof/proof-file/merge.ts';
import { signed } from './proof/proof-file/signature.ts';
import { sharedSequences } from './proof/sequences.ts';
import type { RecordedProofs } from './recorded-proofs.ts';
import type { Finding, ReportError } from './report/report.ts';
import { TOOL_VERSION } from './version.ts';
import type { Walked, Work } from './walk.ts';

/** What a report says of the proof file. */
export interface Settled {
  readonly findings: readonly Finding[];
  readonly errors: readonly ReportError[];
}

/** What there is to say where a run has nothing to do with a proof file. */
export const NOTHING_SETTLED: Settled = { findings: [], errors: [] };

/**
 * Comes after a run: writes what it found to the proof file, where that was asked for, and holds the file against the folder
 * and the run.
 * @param walked what was found; migrations that the walk did not come to say nothing
 */
export async function settleProofs(
  recorded: RecordedProofs,
  walked: Walked,
  { set, work }: { readonly set: MigrationSet; readonly work: Work },
): Promise<Settled> {
  const found = foundIn(recorded, walked, set);
  const judge = (entries: ProofEntries) => judgeProofs({ ...recorded, entries }, found, { set, work });
  if (!work.resolved.write && recorded.broken !== null)
    return { findings: [tellBroken(recorded.broken, work)], errors: [] };
  if (!work.resolved.write) return { findings: judge(recorded.entries), errors: [] };
  const ids = set.migrations.map(({ id }) => id);
  const merged = mergeEntries(recorded.entries, signedBy(recorded, found), ids);
  const error = await written(recorded, proofFileText(merged.entries), work);
  if (error !== null) return { findings: judge(recorded.entries), errors: [error] };
  return { findings: [...tellWritten(recorded, merged), ...judge(merged.entries)], errors: [] };
}

/** Nobody can say what the file proves; that all migrations were run does not mend it. */
function tellBroken({ code, message, fix, file, line }: Problem, { surroundings }: Work): Finding {
  const severity = isCi(surroundings.env) ? 'error' : 'warning';
  return { code, severity, message, fix, file: file ?? null, line: line ?? null };
}

function foundIn(recorded: RecordedProofs, walked: Walked, set: MigrationSet): ProofEntries {
  const migrations = new Map(set.migrations.map((migration) => [migration.id, migration]));
  // As the paths of its files begin: with nothing where it is the folder that the command was started in.
  const folder = join(set.folder, 'x').slice(0, -'x'.length);
  const place = { folder, toolVersion: TOOL_VERSION };
  const lastOfGroup = new Map(sharedSequences(set).map((group) => [group.at(-1)?.id, group[0]?.id]));
  const found = new Map<string, ProofEntry>();
  for (const proof of walked.proofs) {
    const { id } = proof;
    const [migration, schema, inputs] = [migrations.get(id), walked.schemas.get(id), recorded.inputs.get(id)];
    if (migration === undefined || schema === undefined || inputs === undefined) continue;
    const order = lastOfGroup.has(id)
      ? (walked.sequences.find(({ ids }) => ids[0] === lastOfGroup.get(id)) ?? null)
      : null;
    found.set(id, entryOf({ migration, proof, schema, inputs, order }, place));
  }
  return found;
}

function signedBy({ keys }: RecordedProofs, found: ProofEntries): ProofEntries {
  const { signer } = keys;
  if (signer === null) return found;
  return new Map([...found].map(([id, entry]) => [id, signed(id, entry, signer)]));
}

/** What could not be written loses no verdict: the report tells of it. */
async function written(
  { file, text: before }: RecordedProofs,
  text: string,
  { resolved, surroundings, signal }: Work,
): Promise<ReportError | null> {
  signal?.throwIfAborted();
  if (text === before) return null;
  const tag = Buffer.from(surroundings.randomBytes(4)).toString('hex');
  try {
    await writeTextFile(resolve(resolved.cwd, file), text, tag);
    return null;
  } catch (error) {
    return {
      code: 'unwritable-proof-file',
      message: `${file} could not be written (${systemCode(error)}), so that it is as it was`,
      fix: `check the folder's permissions: ls -ld ${dirname(file)}`,
      file,
      line: null,
      column: null,
    };
  }
}

function tellWritten(
  { file, text, broken }: RecordedProofs,
  { entries, added, replaced, removed }: Merged,
): Finding[] {
  const counts = [
    [added, 'new'],
    [replaced, 'changed'],
    [removed, 'gone with their migrations'],
  ] as const;
  const changes = counts.filter(([count]) => count > 0).map(([count, what]) => `${count} ${what}`);
  const all = entries.size === 1 ? '1 proof' : `${entries.size} proofs`;
  const isSame = text !== null && changes.length === 0 && broken === null;
  const message = isSame
    ? `${file} says what this run found, ${all} in all`
    : `${file} is written: ${all} in all, ${changes.join(', ') || 'none of them new'}`;
  const told: Finding = {
    code: 'proofs-written',
    severity: 'notice',
    message,
    fix: null,
    file: null,
    line: null,
  };
  if (broken === null) return [told];
  const { message: why, line } = broken;
  const replacing: Finding = {
    code: 'proof-file-replaced',
    severity: 'warning',
    message: `${why}; nothing was taken from it, and it was written anew`,
    fix: null,
    file,
    line: line ?? null,
  };
  return [replacing, told];
}
