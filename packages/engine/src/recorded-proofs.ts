import { join, resolve } from 'node:path';
import { InputError } from './errors/input-error.ts';
import type { Problem } from './errors/problem.ts';
import type { Migration, MigrationSet } from './migrations/model.ts';
import type { ResolvedVerifyOptions } from './options.ts';
import { serverMajor } from './postgres/server-major.ts';
import { readTextFile, systemCode } from './project/text-file.ts';
import { proofOfEntry } from './proof/proof-file/entry.ts';
import { PROOF_FILE, type ProofEntries, type ProofInputs } from './proof/proof-file/format.ts';
import { inputsOf } from './proof/proof-file/inputs.ts';
import { parseProofFile } from './proof/proof-file/parse.ts';
import { signatureState } from './proof/proof-file/signature.ts';
import { standingOf } from './proof/proof-file/standing.ts';
import { exitCodeOf } from './report/exit-code.ts';
import { type SigningKeys, signingKeys } from './signing-keys.ts';
import type { Work } from './walk.ts';

/** The proof file of a folder as one run uses it. */
export interface RecordedProofs {
  /** As the user would type it. */
  readonly file: string;
  /** Its text; `null` where it is not there yet. */
  readonly text: string | null;
  readonly entries: ProofEntries;
  /** Why it could not be read, so that it is written anew, or does without. */
  readonly broken: Problem | null;
  /** What the proof of each migration hangs on now, by id. */
  readonly inputs: ReadonlyMap<string, ProofInputs>;
  /** Entries that take the place of a run. */
  readonly unchanged: ProofEntries;
  readonly keys: SigningKeys;
}

/**
 * Looks into the proof file, before anything is run, and finds out which proofs need not be made again.
 * @returns `null` where this run has nothing to do with one: there is none and none is to be written, or rows are left out
 * @throws InputError for options that contradict each other, a file that cannot be read (unless it is to be written anew),
 *   and keys that cannot be used
 * @throws EnvironmentError when a server behind a URL cannot be asked for its version
 */
export async function recordedProofs(
  set: MigrationSet,
  {
    resolved,
    surroundings,
    prelude,
    seedFile,
  }: Pick<Work, 'resolved' | 'surroundings' | 'prelude' | 'seedFile'>,
): Promise<RecordedProofs | null> {
  refuseContradictions(resolved);
  if (!resolved.data) return null;
  const file = join(set.folder, PROOF_FILE);
  const keys = await signingKeys(resolved, surroundings.env);
  const text = await textOf(file, resolved.cwd);
  if (text === null && !resolved.write) return null;
  const parsed = text === null ? NOTHING_YET : entriesOf(file, text, resolved);
  const { equality, seed } = resolved;
  const major = await serverMajor(resolved.server);
  const inputs = inputsOf(set, { prelude, seedFile, equality, seed, serverMajor: major });
  const seen = { file, text, ...parsed, inputs, keys };
  return { ...seen, unchanged: unchangedOf(set, seen, resolved) };
}

/** Entries that say all good of what would be proven now, by whom they have to be signed. */
function unchangedOf(
  set: MigrationSet,
  { entries, inputs, keys }: Omit<RecordedProofs, 'unchanged'>,
  resolved: ResolvedVerifyOptions,
): ProofEntries {
  if (!resolved.cache) return new Map();
  const trusted = keys.trusted;
  const asked = set.migrations.filter(({ id }) => resolved.ids?.includes(id) ?? true);
  return new Map(
    asked.flatMap((migration: Migration) => {
      const { id } = migration;
      const [entry, now] = [entries.get(id), inputs.get(id)];
      if (entry === undefined || now === undefined || standingOf(id, entry, now).kind !== 'holds') return [];
      if (trusted !== null && signatureState(id, entry, trusted) !== 'good') return [];
      return exitCodeOf(proofOfEntry(migration, entry), resolved) === 0 ? [[id, entry] as const] : [];
    }),
  );
}

function refuseContradictions({ write, data, sign }: ResolvedVerifyOptions): void {
  const problems: Problem[] = [];
  if (write && !data)
    problems.push({
      code: 'schema-only',
      message: 'a proof without rows is about the schema only, and no proof file is written from it',
      fix: 'leave out --no-data, or --write',
    });
  if (sign !== undefined && !write)
    problems.push({
      code: 'nothing-to-sign',
      message: 'proofs are signed when they are written, and nothing is to be written',
      fix: `pivotal-flow verify --write --sign ${sign}`,
    });
  if (problems.length > 0) throw new InputError(problems);
}

async function textOf(file: string, cwd: string): Promise<string | null> {
  try {
    return await readTextFile(resolve(cwd, file));
  } catch (error) {
    throw new InputError([
      {
        code: 'unreadable-file',
        message: `${file} cannot be read (${systemCode(error)})`,
        fix: `check what it is and its permissions: ls -ld ${file}`,
        file,
      },
    ]);
  }
}

const NOTHING_YET = { entries: new Map(), broken: null };

/** A broken file is written anew only by a run that proves all migrations, so that nothing is lost but what was broken. */
function entriesOf(
  file: string,
  text: string,
  { write, ids, cache }: ResolvedVerifyOptions,
): Pick<RecordedProofs, 'entries' | 'broken'> {
  const parsed = parseProofFile(file, text);
  if (parsed.kind === 'entries') return { entries: parsed.entries, broken: null };
  const { problem } = parsed;
  // Who runs all migrations anyway does not need the file, and is told of it.
  if (!write && !cache) return { entries: new Map(), broken: problem };
  if (parsed.kind === 'newer' || !write) throw new InputError([problem]);
  if (ids === undefined) return { entries: new Map(), broken: problem };
  const fix = `${problem.fix} (all of them: without ids and without --since)`;
  throw new InputError([{ ...problem, fix }]);
}
