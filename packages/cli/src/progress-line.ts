import type { VerifyProgress } from '@pivotal-flow/engine';
import type { Io } from './io.ts';
import { AT_START, advance, progressLine } from './reporters/progress.ts';

/** How progress is shown: one line drawn over again, a plain line now and then, or not at all. */
export type ProgressMode = 'live' | 'lines' | 'none';

/** Shows on stderr what is being done. */
export interface Progress {
  /** Takes one message of the engine. */
  readonly show: (progress: VerifyProgress) => void;
  /** Says a sentence that stays, such as a download. */
  readonly say: (message: string) => void;
  /** Keeps the line away while something else is on the terminal. */
  readonly hold: <Result>(work: () => Promise<Result>) => Promise<Result>;
  /** Takes the line away. Safe to call twice. */
  readonly close: () => void;
}

const EVERY_MS: Record<ProgressMode, number> = { live: 100, lines: 10_000, none: 0 };
const CLEAR = '\r\u001b[2K';

/** Starts to show progress; `close` ends it. */
export function openProgress(io: Io, mode: ProgressMode): Progress {
  const clock = io.surroundings(() => {}).now;
  const started = clock();
  let state = AT_START;
  let drawn = false;
  let held = 0;
  const clear = (): void => {
    if (drawn) io.stderr.write(CLEAR);
    drawn = false;
  };
  const draw = (): void => {
    if (held > 0) return;
    // The last column stays free: a terminal that breaks the line there could not take it back.
    const line = progressLine(state, clock() - started, io.stderr.columns - 1);
    io.stderr.write(mode === 'live' ? `${CLEAR}${line}` : `${line}\n`);
    drawn = mode === 'live';
  };
  const timer = mode === 'none' ? null : setInterval(draw, EVERY_MS[mode]);
  timer?.unref();
  if (mode === 'live') draw();
  return {
    show: (progress) => {
      state = advance(state, progress);
    },
    say: (message) => {
      clear();
      if (mode !== 'none') io.stderr.write(`${message}\n`);
    },
    hold: async (work) => {
      held += 1;
      clear();
      return await work().finally(() => {
        held -= 1;
      });
    },
    close: () => {
      if (timer !== null) clearInterval(timer);
      clear();
    },
  };
}
