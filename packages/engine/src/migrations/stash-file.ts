import type { Problem } from '../errors/problem.ts';
import type { Script, Stash } from './model.ts';
import { scriptOf } from './script.ts';
import { segmentsOf } from './segments.ts';

/** The lines that begin the two parts of a stash file. */
export const BEFORE_MARK = '-- before';
export const AFTER_MARK = '-- after';

/** The comment that says which transaction of the forward script it goes around; the first where it is left out. */
export const TRANSACTION_FIELD = 'Transaction';

/**
 * Reads the file that sets data aside: one part that runs before the forward script's statements and one that runs after
 * them. The parser must be loaded.
 *
 * @param file path to show
 * @returns `null` with the reason where it cannot be read
 */
export function stashOf(file: string, bytes: Buffer): { stash: Stash | null; problems: readonly Problem[] } {
  const text = bytes.toString('utf8');
  const [before, after] = [lineAt(text, BEFORE_MARK), lineAt(text, AFTER_MARK)];
  if (before === null || after === null || after < before) return { stash: null, problems: [unmarked(file)] };
  const parts = [
    scriptOf({ file, bytes, section: () => ({ from: before, to: after }), breakpoints: false }),
    scriptOf({ file, bytes, section: () => ({ from: after, to: text.length }), breakpoints: false }),
  ] as const;
  const problems = parts.flatMap((part) => (part.kind === 'absent' ? [] : part.problems));
  const [first, second] = parts;
  if (first.kind !== 'script' || second.kind !== 'script') return { stash: null, problems };
  const { checksum } = wholeOf(file, bytes);
  return {
    stash: {
      before: { ...first.script, checksum },
      after: { ...second.script, checksum },
      transaction: transactionOf(text),
    },
    problems,
  };
}

/** What goes around a transaction that the forward script does not have would never be run. */
export function stashProblems({ before, transaction }: Stash, forward: Script): Problem[] {
  const transactions = segmentsOf(forward).filter(({ kind }) => kind === 'transaction').length;
  if (transaction >= 1 && transaction <= transactions) return [];
  return [
    {
      code: 'stash-without-transaction',
      message: `${before.file} goes around transaction ${transaction} of ${forward.file}, which has ${transactions}, so that nothing would be set aside`,
      fix: `say in "-- ${TRANSACTION_FIELD}:" which transaction destroys, counted from 1; or let pivotal-flow synthesize --stash write the file`,
      file: before.file,
    },
  ];
}

/** Both parts bear the checksum of the file. */
function wholeOf(file: string, bytes: Buffer): { checksum: string } {
  const whole = scriptOf({ file, bytes, section: 'whole', breakpoints: false });
  return { checksum: whole.kind === 'script' ? whole.script.checksum : '' };
}

function transactionOf(text: string): number {
  const found = new RegExp(`^-- ${TRANSACTION_FIELD}:\\s*(\\d+)`, 'm').exec(text);
  return found === null ? 1 : Number(found[1]);
}

/** Where the line stands that says nothing but the mark. */
function lineAt(text: string, mark: string): number | null {
  const found = new RegExp(`^${mark}[ \\t]*\\r?$`, 'm').exec(text);
  return found === null ? null : found.index;
}

function unmarked(file: string): Problem {
  return {
    code: 'stash-without-parts',
    message: `${file} has to consist of two parts, the first after a line "${BEFORE_MARK}" and the second after a line "${AFTER_MARK}"`,
    fix: 'write both lines, also where a part is empty; or let pivotal-flow synthesize --stash write the file',
    file,
  };
}
