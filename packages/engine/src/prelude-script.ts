import { InputError } from './errors/input-error.ts';
import type { Script } from './migrations/model.ts';
import { scriptOf } from './migrations/script.ts';

/**
 * The SQL of the configuration that makes what the first migration expects, as a script. The parser must be loaded.
 * @returns `null` where there is none
 * @throws InputError where it is none that can be run
 */
export function preludeOf(text: string): Script | null {
  if (text.trim() === '') return null;
  const outcome = scriptOf({
    file: 'prelude',
    bytes: Buffer.from(text),
    section: 'whole',
    breakpoints: false,
  });
  if (outcome.kind === 'absent') return null;
  if (outcome.kind === 'unreadable' || outcome.problems.length > 0) throw new InputError(outcome.problems);
  return outcome.script;
}
