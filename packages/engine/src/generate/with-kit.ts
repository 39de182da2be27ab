import { writeFile } from 'node:fs/promises';
import { join, relative } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import type { Problem } from '../errors/problem.ts';
import type { MigrationSet } from '../migrations/model.ts';
import type { DrizzleKit } from '../project/drizzle-kit.ts';
import { drizzleKitGenerate, type KitOutcome, type Question } from '../project/drizzle-kit-generate.ts';
import { questionsOnly } from '../project/drizzle-kit-talk.ts';
import type { DrizzleConfig } from '../project/read-drizzle-config.ts';
import type { WorkingCopy } from '../project/working-copy.ts';
import { completeDetails, type Details, isComplete, knownDetails } from './details.ts';
import type { GenerateRequest } from './request.ts';

/** What drizzle-kit works with. */
export interface KitWork {
  readonly kit: DrizzleKit;
  readonly drizzle: DrizzleConfig;
  readonly request: GenerateRequest;
  readonly set: MigrationSet;
  readonly copy: WorkingCopy;
  /** A folder of our own for its configuration; absolute. */
  readonly home: string;
  /** Where the command was started; absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal | undefined;
}

/** The name that a migration has until it is known whether there will be one. */
const UNNAMED = 'unnamed';

/**
 * Has drizzle-kit write a migration into the copy. First without a person, to see whether there is anything to make and to
 * ask; then, where that is so, with the answers.
 *
 * @returns `null` when schema and migrations say the same
 * @throws InputError when drizzle-kit fails, or something has to be answered and nobody does
 */
export async function madeWithKit(work: KitWork): Promise<Details | null> {
  const { request, set, copy, kit } = work;
  if (request.hints !== null && kit.generation === '0.31') throw new InputError([noHints(kit)]);
  const call = await callOf(work);
  const known = knownDetails(request, set);
  const first = await call(known.name ?? UNNAMED, null);
  refuseFailure(first, work);
  if (first.kind === 'nothing') return null;
  if (first.kind === 'asked' && request.person === null) throw unanswered(first.questions, work);
  const details = await completeDetails(known, request);
  if (first.kind === 'made' && isComplete(known)) return details;
  await copy.reset();
  const { person } = request;
  const second =
    first.kind === 'asked' && person !== null
      ? await person.answering((show) => call(details.name, questionsOnly(show)))
      : await call(details.name, null);
  refuseFailure(second, work);
  if (second.kind !== 'made') throw new InputError([NO_ANSWER]);
  return details;
}

type Call = (name: string, show: ((text: string) => void) | null) => Promise<KitOutcome>;

async function callOf(work: KitWork): Promise<Call> {
  const { kit, drizzle, request, copy, home, cwd, env, signal } = work;
  const path = join(home, 'drizzle.config.ts');
  // drizzle-kit 0.31 takes no absolute path.
  const settings = { ...drizzle.settings, out: relative(cwd, copy.folder) };
  await writeFile(path, `export default ${JSON.stringify(settings, null, 2)};\n`);
  const config = relative(cwd, path);
  const { hints, custom } = request;
  return (name, show) => drizzleKitGenerate({ kit, config, cwd, env, signal, name, custom, hints, show });
}

function refuseFailure(outcome: KitOutcome, work: KitWork): void {
  if (outcome.kind === 'failed') throw new InputError([failed(outcome.said, work)]);
}

/** Lines of its own about what it does, and of stack traces. */
const NOISE = /^(?:No config path|Reading config file|\s+at |\s*[{}]?$|\s+(?:errors|warnings|name|code): )/;

/** Lines of drizzle-kit's that are told. */
const SHOWN_LINES = 8;

function failed(said: string, { kit: { version }, cwd }: KitWork): Problem {
  const lines = said
    .replaceAll(`${cwd}/`, '')
    .split('\n')
    .filter((line) => !NOISE.test(line));
  const told = lines.length === 0 ? ['it said nothing'] : lines.slice(0, SHOWN_LINES);
  return {
    code: 'drizzle-kit-failed',
    message: [`drizzle-kit ${version} made no migration, and nothing was written:`, ...told].join('\n'),
    fix: 'mend what it names; npx drizzle-kit check looks at the migrations themselves',
  };
}

const NO_ANSWER: Problem = {
  code: 'no-answer',
  message: 'drizzle-kit got no answer to its question, so that nothing was written',
  fix: 'run it again, and choose with the arrow keys and Enter',
};

function noHints({ version }: DrizzleKit): Problem {
  return {
    code: 'no-hints',
    message: `drizzle-kit ${version} cannot be answered by --hints; 1.0 can`,
    fix: 'leave --hints out, and answer its questions on a terminal',
  };
}

function unanswered(questions: readonly Question[], { request, kit }: KitWork): InputError {
  const name = request.name === null ? '' : ` ${request.name}`;
  return new InputError(
    questions.map(({ text, hint }) => ({
      code: 'rename-question',
      message: `drizzle-kit has to know, and nobody can be asked, since this is no terminal: ${text}`,
      fix:
        hint === null
          ? `run it on a terminal: pivotal-flow generate${name} (drizzle-kit ${kit.version} can be told in no other way); or write the SQL yourself: pivotal-flow generate${name} --custom`
          : `run it on a terminal, or tell it with --hints '${hint}' (or {"type":"create","kind":…,"entity":[…]})`,
    })),
  );
}
