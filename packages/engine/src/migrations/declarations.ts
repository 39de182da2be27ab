import type { Declaration } from './model.ts';

/** What a rollback script declares in its comments. */
export interface Declarations {
  /** `-- Irreversible: reason`; the first one counts. */
  readonly irreversible: Declaration | null;
  /** Every `-- Accepts residual: what`. */
  readonly acceptedResiduals: readonly Declaration[];
  /** Every `-- Accepts loss: what`. */
  readonly acceptedLosses: readonly Declaration[];
}

/**
 * Finds declarations anywhere in the script; each is a comment line of its own. A declaration without
 * words after the colon has an empty text.
 *
 * @param text a rollback script without a byte order mark
 */
export function declarationsOf(text: string): Declarations {
  const irreversible: Declaration[] = [];
  const acceptedResiduals: Declaration[] = [];
  const acceptedLosses: Declaration[] = [];
  for (const [index, line] of text.split('\n').entries()) {
    const match = /^\s*--\s*(irreversible|accepts residual|accepts loss)\s*:(.*)$/i.exec(line.trimEnd());
    if (match === null) continue;
    const declaration = { text: match[2]?.trim() ?? '', line: index + 1 };
    const word = match[1]?.toLowerCase();
    if (word === 'irreversible') irreversible.push(declaration);
    else if (word === 'accepts loss') acceptedLosses.push(declaration);
    else acceptedResiduals.push(declaration);
  }
  return { irreversible: irreversible[0] ?? null, acceptedResiduals, acceptedLosses };
}
