import { spawn } from 'node:child_process';
import { readFile } from 'node:fs/promises';
import { extname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { InputError } from '../errors/input-error.ts';
import type { Problem } from '../errors/problem.ts';

/** Where a configuration file is and what it may read. */
export interface FileToLoad {
  /** Path as the user would type it, relative to `cwd`. */
  readonly file: string;
  /** Where the command was started; an absolute path. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** A configuration file that takes longer waits for something that it should not need. */
const PATIENCE_MS = 30_000;

/**
 * The default export of a configuration file in TypeScript or JavaScript, or the content of one in JSON.
 *
 * A program runs in a process of its own, with the `.env` of the folder loaded as Drizzle Kit does: what it prints or
 * ends stays there. Only plain data comes back: functions are left out.
 *
 * @throws InputError `broken-config` that names the file and the cause
 */
export async function loadFile(request: FileToLoad): Promise<unknown> {
  if (extname(request.file) === '.json') return await loadJson(request);
  const outcome = await runInChild(request);
  if (outcome.kind === 'value') return outcome.value;
  throw new InputError([broken(request, outcome.message)]);
}

async function loadJson({ file, cwd }: FileToLoad): Promise<unknown> {
  const text = await readFile(resolve(cwd, file), 'utf8');
  try {
    return JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    throw new InputError([
      { code: 'broken-config', message: `${file} is not JSON: ${error.message}`, fix: 'mend the file', file },
    ]);
  }
}

/** What the child sends: the value, or why there is none. */
type Outcome =
  | { readonly kind: 'value'; readonly value: unknown }
  | { readonly kind: 'failed'; readonly message: string };

const PROGRAM = `
const [file, cwd, jitiUrl] = process.argv.slice(1);
const answer = (outcome) => process.send(outcome, () => process.exit(0));
try { process.loadEnvFile(cwd + '/.env'); } catch {}
try {
  const { createJiti } = await import(jitiUrl);
  const jiti = createJiti(file, { fsCache: false, moduleCache: false, interopDefault: true });
  answer({ kind: 'value', value: await jiti.import(file, { default: true }) });
} catch (error) {
  answer({ kind: 'failed', message: error instanceof Error ? error.message : String(error) });
}`;

function runInChild({ file, cwd, env }: FileToLoad): Promise<Outcome> {
  const jiti = import.meta.resolve('jiti');
  const argv = ['--input-type=module', '--eval', PROGRAM, '--', join(resolve(cwd), file), resolve(cwd), jiti];
  const child = spawn(process.execPath, argv, {
    cwd,
    env: { ...env, NODE_OPTIONS: '' },
    stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    timeout: PATIENCE_MS,
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said = `${said}${chunk.toString()}`.slice(-2000);
    });
  }
  return new Promise((settle, fail) => {
    let outcome: Outcome | null = null;
    child.on('error', fail);
    child.on('message', (message) => {
      outcome = message as Outcome;
    });
    child.on('close', (code, signal) => {
      settle(outcome ?? { kind: 'failed', message: endedWithout(code, signal, said) });
    });
  });
}

function endedWithout(code: number | null, signal: string | null, said: string): string {
  const how =
    signal === null
      ? `it ended the process with code ${code}`
      : `it was still running after ${PATIENCE_MS / 1000} seconds`;
  return said.trim() === '' ? how : `${how}, after saying: ${said.trim()}`;
}

function broken({ file, cwd }: FileToLoad, message: string): Problem {
  // Absolute paths of the user's own folder only make the message longer.
  const short = message
    .replaceAll(`${pathToFileURL(cwd).href}/`, '')
    .replaceAll(`${cwd}/`, '')
    .trim();
  return {
    code: 'broken-config',
    message: `${file} could not be loaded: ${short}`,
    fix: 'mend it (are the packages that it imports installed, the variables that it reads set?), or do without it: --migrations DIR',
    file,
  };
}
