import { execFile } from 'node:child_process';
import { EnvironmentError } from '../errors/environment-error.ts';

/** How a git command ended. */
export interface GitOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Where git runs. */
export interface GitPlace {
  /** An absolute path. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

const LARGEST_ANSWER = 256 * 1024 * 1024;

/**
 * Runs git and waits for it. Its messages are in English, so that they can be told apart.
 * @throws EnvironmentError `no-git` when the program is not there
 */
export function git(args: readonly string[], { cwd, env }: GitPlace): Promise<GitOutcome> {
  const options = { cwd, maxBuffer: LARGEST_ANSWER, env: { ...env, LC_ALL: 'C' } };
  return new Promise((settle, fail) => {
    execFile('git', args, options, (error, stdout, stderr) => {
      if (error === null) settle({ code: 0, stdout, stderr });
      else if (typeof error.code === 'number') settle({ code: error.code, stdout, stderr });
      else
        fail(
          new EnvironmentError(
            'no-git',
            `git could not be run: ${error.message}`,
            'install git, or leave --since out',
            { cause: error },
          ),
        );
    });
  });
}
