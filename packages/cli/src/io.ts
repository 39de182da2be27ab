import type { Readable, Writable } from 'node:stream';
import type { Surroundings } from '@pivotal-flow/engine';
import { isCi } from '@pivotal-flow/engine/start';

/** A place to write to, and what kind of reader is behind it. */
export interface Output {
  write(text: string): void;
  /** Whether a person is looking at it. */
  readonly isTTY: boolean;
  /** Width of a line in characters. */
  readonly columns: number;
}

/** What is handed to a command beside its words. */
export interface Input {
  /** Whether a person could type into it; then nothing is handed over. */
  readonly isTTY: boolean;
  /** All of it, once it has come to its end. */
  text(): Promise<string>;
}

/** A terminal with a person before it. */
export interface Terminal {
  readonly input: Readable;
  readonly output: Writable;
}

/** Everything that a command takes from outside and gives to it; `main.ts` makes it from `process`. */
export interface Io {
  /** For data: the report, and nothing else. */
  readonly stdout: Output;
  /** For talk and progress. */
  readonly stderr: Output;
  readonly stdin: Input;
  /** Where questions can be asked; `null`: nobody is there. */
  readonly terminal: Terminal | null;
  readonly env: Readonly<Record<string, string | undefined>>;
  /** Version of Node without the `v`. */
  readonly nodeVersion: string;
  /** Where the command was started; absolute. */
  readonly cwd: string;
  /** What the engine takes from outside; `tell` receives what a person should see meanwhile. */
  surroundings(tell: (message: string) => void): Surroundings;
  /** Is aborted when the user has asked to stop: what is under way is broken off and cleaned up. */
  readonly signal?: AbortSignal;
  /** Calls the listener when the user asks to stop (Ctrl-C); returns how to stop listening. */
  onInterrupt(listener: () => void): () => void;
}

/** Whether colours are welcome in an output: on a terminal that shows them, unless NO_COLOR (no-color.org) says otherwise. */
export function wantsColour(output: Output, env: Io['env']): boolean {
  if ((env['NO_COLOR'] ?? '') !== '') return false;
  if ((env['FORCE_COLOR'] ?? '0') !== '0') return true;
  return output.isTTY && env['TERM'] !== 'dumb';
}

/** Whether a line may be drawn over again and again: on a terminal with a person before it. */
export function wantsLiveProgress(output: Output, env: Io['env']): boolean {
  return output.isTTY && env['TERM'] !== 'dumb' && !isCi(env);
}
