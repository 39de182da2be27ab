import type { VerifyProgress } from '@pivotal-flow/engine';
import { shortenMiddle } from './fit.ts';

/** How far a run is. */
export interface ProgressState {
  /** Migrations taken up so far, and all of them. */
  readonly place: number;
  readonly of: number;
  /** What is being done. */
  readonly doing: string;
}

/** Before anything was told. */
export const AT_START: ProgressState = { place: 0, of: 0, doing: 'starting PostgreSQL' };

/** The state after one more message. */
export function advance(state: ProgressState, progress: VerifyProgress): ProgressState {
  switch (progress.kind) {
    case 'drizzle-kit':
      return { ...state, doing: 'drizzle-kit compares the schema with the migrations' };
    case 'started':
      return { place: 0, of: progress.migrations, doing: progress.server };
    case 'migration':
      return { place: progress.place, of: progress.of, doing: progress.id };
    case 'draft':
      return { place: progress.place, of: progress.of, doing: `drafting: ${progress.id}` };
    case 'descent':
      return { ...state, doing: `${wayOf(progress)}: ${progress.id}` };
  }
}

function wayOf({ way, withRows }: Extract<VerifyProgress, { kind: 'descent' }>): string {
  return `${way === 'down' ? 'down again' : 'up again'}${withRows ? ', with rows' : ''}`;
}

/**
 * The progress as one line without its end, no wider than `columns`.
 * @param elapsedMs since the run began
 */
export function progressLine(state: ProgressState, elapsedMs: number, columns: number): string {
  const count =
    state.of === 0 ? '' : `${String(state.place).padStart(String(state.of).length)}/${state.of}  `;
  const time = `${Math.floor(elapsedMs / 1000)} s`;
  const room = Math.max(10, columns - count.length - time.length - 2);
  return `${count}${shortenMiddle(state.doing, room)}  ${time}`;
}
