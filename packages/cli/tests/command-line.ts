import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { surroundingsOf } from '@pivotal-flow/engine';
import { afterAll } from 'vitest';
import type { Io } from '../src/io.ts';
import { run } from '../src/run.ts';

/** What a run of the command line left. */
export interface Outcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** How a run differs from the usual: 80 columns, no terminal, only what the server needs in the environment. */
export interface Situation {
  readonly cwd?: string;
  readonly env?: Readonly<Record<string, string>>;
  readonly isTTY?: boolean;
  readonly columns?: number;
  /** What is handed over on standard input. */
  readonly stdin?: string;
  /** Receives the listener for Ctrl-C. */
  readonly onInterrupt?: (listener: () => void) => void;
}

/** Runs the command line in this process, on the real engine. */
export async function pivotalFlow(argv: readonly string[], situation: Situation = {}): Promise<Outcome> {
  const { isTTY = false, columns = 80 } = situation;
  const written = { stdout: '', stderr: '' };
  const output = (name: 'stdout' | 'stderr') => ({
    write: (text: string) => {
      written[name] += text;
    },
    isTTY,
    columns,
  });
  const io: Io = {
    stdout: output('stdout'),
    stderr: output('stderr'),
    stdin: { isTTY: situation.stdin === undefined, text: () => Promise.resolve(situation.stdin ?? '') },
    terminal: null,
    env: { PATH: process.env['PATH'], ...situation.env },
    cwd: situation.cwd ?? tmpdir(),
    nodeVersion: process.versions.node,
    // Whether these tests run in a pipeline is nothing to the command under test.
    surroundings: (tell) => ({
      ...surroundingsOf(process, tell),
      env: { ...process.env, CI: '', ...situation.env },
    }),
    onInterrupt: (listener) => {
      situation.onInterrupt?.(listener);
      return () => {};
    },
  };
  const code = await run(argv, io);
  return { code, ...written };
}

const folders: string[] = [];

/** A folder with files, gone after the tests of the file. */
export function project(files: Readonly<Record<string, string>>): string {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'pivotal-flow-cli-')));
  folders.push(folder);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    writeFileSync(join(folder, file), text);
  }
  return folder;
}

afterAll(() => {
  for (const folder of folders.splice(0)) rmSync(folder, { recursive: true, force: true });
});

/** Two migrations whose rollbacks are right. */
export const PROVEN: Readonly<Record<string, string>> = {
  'migrations/0001_quotes.sql': 'CREATE TABLE quotes (id integer PRIMARY KEY, status text NOT NULL);\n',
  'migrations/0001_quotes_rollback.sql': 'DROP TABLE quotes;\n',
  'migrations/0002_index.sql': 'CREATE INDEX quotes_status_idx ON quotes (status);\n',
  'migrations/0002_index_rollback.sql': 'DROP INDEX quotes_status_idx;\n',
};
