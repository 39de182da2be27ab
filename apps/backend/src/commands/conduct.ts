import { EnvironmentError, redactUrl } from '@pivotal-flow/engine/start';
import { CommandFailure } from './failure.ts';

/** What a command works with. */
export interface CommandContext {
  readonly environment: Readonly<Record<string, string | undefined>>;
  readonly argv: readonly string[];
  /** Writes one line of the result. */
  readonly say: (line: string) => void;
  /** Writes one line of progress. */
  readonly tell: (line: string) => void;
}

/** Runs a command as this process: its result goes to stdout, what stops it to stderr, and the exit code says which. */
export async function conduct(command: (context: CommandContext) => Promise<void>): Promise<void> {
  try {
    await command({
      environment: process.env,
      // What follows `pnpm run … --` arrives with the two dashes.
      argv: process.argv.slice(2).filter((word, index) => index > 0 || word !== '--'),
      say: (line) => process.stdout.write(`${line}\n`),
      tell: (line) => process.stderr.write(`${line}\n`),
    });
  } catch (error) {
    process.stderr.write(`${textOf(error)}\n`);
    process.exitCode = codeOf(error);
  }
}

function textOf(error: unknown): string {
  if (error instanceof CommandFailure) return error.message;
  if (error instanceof EnvironmentError) return `${error.message}\n  ${error.fix}`;
  return redactUrl(error instanceof Error ? (error.stack ?? error.message) : String(error));
}

function codeOf(error: unknown): number {
  if (error instanceof CommandFailure) return error.exitCode;
  return error instanceof EnvironmentError ? 3 : 1;
}
