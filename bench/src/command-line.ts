import { execFile } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const run = promisify(execFile);

const ROOT = fileURLToPath(new URL('../../', import.meta.url));

/** The built command line, for Node.js at the root of the repository. */
export const COMMAND_LINE = 'packages/cli/dist/main.js';

/**
 * Builds the command line as it is published.
 * @throws Error when it cannot be built
 */
export async function buildCommandLine(): Promise<void> {
  await run(process.execPath, ['node_modules/typescript/bin/tsc', '-b', 'packages/cli'], { cwd: ROOT });
}

/**
 * Runs Node.js at the root of the repository as a process of its own, until it ends.
 * @param args its arguments
 * @returns what it wrote to stdout
 * @throws Error with `stderr` when it cannot be started or its exit code is not 0
 */
export async function runNode(args: readonly string[]): Promise<string> {
  const { stdout } = await run(process.execPath, args, { cwd: ROOT, maxBuffer: 2 ** 28 });
  return stdout;
}
