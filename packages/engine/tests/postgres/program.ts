import type { ChildProcess } from 'node:child_process';
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, mkdtempSync, readdirSync, readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const LOADER = pathToFileURL(createRequire(import.meta.url).resolve('tsx')).href;
const CHILD = fileURLToPath(new URL('./child.ts', import.meta.url));

/** A started program of this folder. */
export interface Program {
  readonly process: ChildProcess;
  /** Resolves with its first line, rejects when it ends without one. */
  readonly ready: Promise<{ user: string; url: string }>;
  /** Resolves with its exit status (`null`: killed) and what it wrote to standard error. */
  readonly ended: Promise<{ status: number | null; errors: string }>;
}

/** Starts child.ts, or another program, with exactly this environment beside PATH, as another account when one is given. */
export function startProgram(
  args: readonly string[],
  env: Readonly<Record<string, string>>,
  account: { uid?: number; gid?: number } = {},
  script = CHILD,
): Program {
  const child = spawn(process.execPath, ['--import', LOADER, script, ...args], {
    ...account,
    cwd: '/',
    env: { PATH: process.env['PATH'] ?? '', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let errors = '';
  child.stderr.on('data', (chunk: Buffer) => {
    errors += chunk.toString();
  });
  const closed = once(child, 'close');
  const ready = Promise.race([
    once(child.stdout, 'data').then(([line]) => JSON.parse(String(line)) as { user: string; url: string }),
    closed.then(() => Promise.reject(new Error(`it ended early: ${errors}`))),
  ]);
  ready.catch(() => {});
  return {
    process: child,
    ready,
    ended: closed.then(([status]) => ({ status: status as number | null, errors })),
  };
}

/** A new folder for PIVOTAL_FLOW_CACHE_DIR, which the account that root's server runs as can enter. */
export function emptyCache(): string {
  const folder = mkdtempSync(join(tmpdir(), 'pf-test-cache-'));
  chmodSync(folder, 0o755);
  return folder;
}

/** Everything on this machine that belongs to a process's server: folders, and processes that name one of them. */
export function leftoversOf(pid: number, parents: readonly string[]): string[] {
  const folder = new RegExp(`(pivotal-flow|building)-${pid}-`);
  const folders = parents.flatMap((parent) => readdirSync(parent).filter((name) => folder.test(name)));
  const processes = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => readCommandLine(name))
    .filter((line) => folder.test(line));
  return [...folders, ...processes];
}

/** Empty for a process that has ended. */
export function readCommandLine(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

/**
 * What a cache folder holds beside the binaries, which are copied there only where the server's account cannot reach
 * the checkout, as in root's own home.
 */
export function beyondBinaries(cache: string): string[] {
  return readdirSync(cache).filter((name) => name !== 'binaries');
}
