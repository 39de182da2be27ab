import { type ChildProcess, spawn } from 'node:child_process';
import { stripVTControlCharacters } from 'node:util';
import type { DrizzleKit } from './drizzle-kit.ts';

/** One call of drizzle-kit. */
export interface KitCall {
  readonly kit: DrizzleKit;
  readonly words: readonly string[];
  /** What its paths are relative to; absolute. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly signal: AbortSignal | undefined;
  /** Receives what it prints while a person answers it at our standard input; `null`: there is nobody. */
  readonly show: ((text: string) => void) | null;
}

/** How a call ended. */
export interface KitEnd {
  /** `null` when it was ended because it took too long. */
  readonly code: number | null;
  /** What it printed, in order, without colours. */
  readonly said: string;
}

/** A schema of thousands of tables takes seconds; whoever takes longer waits for something that never comes. */
const PATIENCE_MS = 120_000;

/**
 * Without a terminal 0.31 fails in ways that hang on its version, or ends with code 0 as if all were well, and never says
 * what it wanted to ask. Told that there is one, it prints its question, and ends because nothing can be read. With a
 * person, only its output is a pipe, so that it can be told from ours.
 */
const TERMINAL = `
process.stdout.isTTY = true;
if (!process.stdin.isTTY) { process.stdin.isTTY = true; process.stdin.setRawMode = () => process.stdin; }`;

/**
 * Runs drizzle-kit and waits for its end.
 * @throws AbortError when the signal is given; drizzle-kit is ended then
 */
export async function runDrizzleKit({ kit, words, cwd, env, signal, show }: KitCall): Promise<KitEnd> {
  const preload = `data:text/javascript,${encodeURIComponent(TERMINAL)}`;
  const colours = show === null ? { NO_COLOR: '1', FORCE_COLOR: '0' } : { FORCE_COLOR: '1' };
  const child = spawn(process.execPath, ['--import', preload, kit.program, ...words], {
    cwd,
    env: { ...env, ...colours },
    stdio: [show === null ? 'ignore' : 'inherit', 'pipe', 'pipe'],
    ...(signal === undefined ? {} : { signal }),
    ...(show === null ? { timeout: PATIENCE_MS } : {}),
  });
  let said = '';
  for (const stream of [child.stdout, child.stderr]) {
    stream?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      show?.(chunk.toString());
    });
  }
  return { code: await endOf(child), said: stripVTControlCharacters(said) };
}

function endOf(child: ChildProcess): Promise<number | null> {
  return new Promise((settle, fail) => {
    child.on('error', fail);
    child.on('close', settle);
  });
}
