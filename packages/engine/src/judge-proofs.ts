import type { MigrationSet } from './migrations/model.ts';
import { isCi } from './project/ci.ts';
import type { ProofEntries, ProofEntry } from './proof/proof-file/format.ts';
import { signatureState } from './proof/proof-file/signature.ts';
import { contradiction, standingOf } from './proof/proof-file/standing.ts';
import type { RecordedProofs } from './recorded-proofs.ts';
import type { Finding } from './report/report.ts';
import type { Work } from './walk.ts';

/** What is wrong with one entry, or with its absence. */
interface Fault {
  readonly code: 'stale-proof' | 'unsigned-proof' | 'forged-proof';
  readonly message: string;
}

/**
 * Holds a proof file against the folder and what a run found: of the migrations that were asked about, and of entries
 * without a migration. What is wrong is an error where a pipeline is at work, unless it writes the file, and a warning
 * elsewhere.
 * @param found what the run would record of each migration that it came to
 */
export function judgeProofs(
  recorded: RecordedProofs,
  found: ProofEntries,
  { set, work }: { readonly set: MigrationSet; readonly work: Pick<Work, 'resolved' | 'surroundings'> },
): Finding[] {
  const { resolved, surroundings } = work;
  const { file, entries } = recorded;
  const ids = set.migrations.map(({ id }) => id);
  const asked = ids.filter((id) => resolved.ids?.includes(id) ?? true);
  const keyFile = resolved.publicKey ?? resolved.sign ?? '';
  const orphans = [...entries.keys()].filter((id) => !ids.includes(id));
  const faults = [
    ...asked.flatMap((id) => faultOf(recorded, id, { found: found.get(id), keyFile }) ?? []),
    ...orphans.map(
      (id): Fault => ({
        code: 'stale-proof',
        message: `${id}: ${file} holds a proof of it, and there is no such migration`,
      }),
    ),
  ];
  const severity = isCi(surroundings.env) && !resolved.write ? 'error' : 'warning';
  const fix = writeCommand(set.folder, recorded.keys.trusted !== null);
  return [
    ...faults.map((fault): Finding => ({ ...fault, severity, fix, file: null, line: null })),
    ...madeOtherwise(recorded, asked),
  ];
}

function faultOf(
  { file, entries, inputs, keys }: RecordedProofs,
  id: string,
  { found, keyFile }: { readonly found: ProofEntry | undefined; readonly keyFile: string },
): Fault | null {
  const subject = `${id}: its proof in ${file}`;
  const stale = (why: string): Fault => ({ code: 'stale-proof', message: `${subject} is stale: ${why}` });
  const [entry, now] = [entries.get(id), inputs.get(id)];
  if (entry === undefined || now === undefined)
    return { code: 'stale-proof', message: `${id}: there is no proof of it in ${file}` };
  const signature = keys.trusted === null ? 'good' : signatureState(id, entry, keys.trusted);
  if (signature === 'unsigned')
    return { code: 'unsigned-proof', message: `${subject} is not signed by the key of ${keyFile}` };
  if (signature === 'forged') return { code: 'forged-proof', message: `${subject} is not what was signed` };
  const standing = standingOf(id, entry, now);
  if (standing.kind === 'stale') return stale(standing.why);
  if (standing.kind === 'made-otherwise' || found === undefined) return null;
  const against = contradiction(entry, found);
  return against === null ? null : stale(against);
}

/** Proofs of another major or of other rows are as good, and no fault: a pipeline may try several. */
function madeOtherwise({ file, entries, inputs }: RecordedProofs, asked: readonly string[]): Finding[] {
  const theirs = asked.flatMap((id) => {
    const [entry, now] = [entries.get(id), inputs.get(id)];
    if (entry === undefined || now === undefined) return [];
    return standingOf(id, entry, now).kind === 'made-otherwise' ? [{ entry, now }] : [];
  });
  const [first] = theirs;
  if (first === undefined) return [];
  const told = ({ basis }: Pick<ProofEntry, 'basis'>) =>
    `PostgreSQL ${basis.serverMajor} with seed ${basis.seed}`;
  const ways = [...new Set(theirs.map(({ entry }) => told(entry)))].join(' and ');
  const message = `${theirs.length} proofs in ${file} were made on ${ways}, and this run is for ${told(first.now)}: they were neither used nor compared`;
  return [{ code: 'proofs-made-otherwise', severity: 'notice', message, fix: null, file: null, line: null }];
}

function writeCommand(folder: string, isSigned: boolean): string {
  const named = folder === 'drizzle' || folder === 'migrations' ? '' : ` --migrations ${folder}`;
  return `pivotal-flow verify --write${isSigned ? ' --sign <private key file>' : ''}${named}`;
}
