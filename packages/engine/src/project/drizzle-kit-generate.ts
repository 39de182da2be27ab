import type { DrizzleKit } from './drizzle-kit.ts';
import { type KitEnd, runDrizzleKit } from './run-drizzle-kit.ts';

/** Which migration drizzle-kit is to make. */
export interface KitRequest {
  readonly kit: DrizzleKit;
  /** Its configuration file, relative to `cwd`. */
  readonly config: string;
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal | undefined;
  /** Letters, digits and underscores. */
  readonly name: string;
  /** An empty migration, whatever the schema says. */
  readonly custom: boolean;
  /** Answers to its questions, in the JSON of drizzle-kit 1.0; `null`: none. */
  readonly hints: string | null;
  /** Receives its questions, which a person answers at our standard input; `null`: there is nobody. */
  readonly show: ((text: string) => void) | null;
}

/** What came of it. */
export type KitOutcome =
  | { readonly kind: 'made' }
  /** Schema and migrations say the same. */
  | { readonly kind: 'nothing' }
  /** It has to be told what became of something, and nobody told it. */
  | { readonly kind: 'asked'; readonly questions: readonly Question[] }
  | { readonly kind: 'failed'; readonly said: string };

/** What drizzle-kit wants to know. */
export interface Question {
  /** For people. */
  readonly text: string;
  /** How drizzle-kit 1.0 can be told without a terminal; `null` for 0.31, which cannot. */
  readonly hint: string | null;
}

/** Has drizzle-kit write a migration. */
export async function drizzleKitGenerate(request: KitRequest): Promise<KitOutcome> {
  const { kit, config, name, custom, hints, show } = request;
  const asJson = kit.generation === '1.0' && show === null;
  const words = ['generate', `--config=${config}`, `--name=${name}`];
  if (custom) words.push('--custom');
  if (hints !== null) words.push(`--hints=${hints}`);
  if (asJson) words.push('--output=json');
  const end = await runDrizzleKit({ ...request, words });
  return (asJson ? outcomeOfJson(end) : null) ?? outcomeOfText(end);
}

/** Its exit code is 0 also where it asked in vain or failed, so that only its words tell. */
function outcomeOfText({ code, said }: KitEnd): KitOutcome {
  if (said.includes('Your SQL migration')) return { kind: 'made' };
  const questions = questionsIn(said);
  if (questions.length > 0) return { kind: 'asked', questions };
  if (said.includes('No schema changes')) return { kind: 'nothing' };
  return { kind: 'failed', said: code === null ? `it was still running after two minutes\n${said}` : said };
}

/** `Is a column in b table created or renamed from another column?`, and below it what it may have been. */
function questionsIn(said: string): Question[] {
  return [...said.matchAll(/^Is (.+ created or renamed .+\?)$/gm)].map(({ 0: whole, index }) => {
    const below = said.slice(index + whole.length);
    const renames = [...below.matchAll(/^\W*~ (\S+ › \S+)/gm)].map(([, rename]) => rename);
    return { text: renames.length === 0 ? whole : `${whole} (${renames.join(', ')})`, hint: null };
  });
}

interface Unresolved {
  readonly type: string;
  readonly kind: string;
  readonly entity: readonly string[];
}

/** @returns `null` where there is no JSON to read */
function outcomeOfJson({ said }: KitEnd): KitOutcome | null {
  const line = said.split('\n').find((text) => text.startsWith('{"status":'));
  if (line === undefined) return null;
  const answer = JSON.parse(line) as { status: string; unresolved?: Unresolved[]; error?: KitError };
  switch (answer.status) {
    case 'ok':
      return { kind: 'made' };
    case 'no_changes':
      return { kind: 'nothing' };
    case 'missing_hints':
      return { kind: 'asked', questions: (answer.unresolved ?? []).map(questionOf) };
    default:
      return { kind: 'failed', said: answer.error === undefined ? line : saidOf(answer.error) };
  }
}

interface KitError {
  readonly code: string;
  readonly message?: string;
}

function saidOf({ code, message, ...rest }: KitError): string {
  return message ?? `${code} ${JSON.stringify(rest)}`;
}

function questionOf({ kind, entity }: Unresolved): Question {
  const from = [...entity.slice(0, -1), '<old name>'];
  return {
    text: `Is the ${kind} ${entity.join('.')} created or renamed from another ${kind}?`,
    hint: JSON.stringify([{ type: 'rename', kind, from, to: entity }]),
  };
}
