/** One statement of a script that is being written. */
export interface StatementDraft {
  /** Without the semicolon. */
  readonly sql: string;
  /** A condition under which alone it is run, so that a second run does no harm; `null` where the statement says it itself. */
  readonly onlyIf: string | null;
}

/** What a writer came up with. */
export type Draft =
  | { readonly kind: 'statements'; readonly statements: readonly StatementDraft[] }
  /** There is no way that we know; `reason` says what is left. */
  | { readonly kind: 'unwritten'; readonly reason: string };

/** What a change of an object asks for. */
export type AlterationDraft =
  | Draft
  /** It cannot be altered, only dropped and made as it was. */
  | { readonly kind: 'make-anew' };

export const MAKE_ANEW: AlterationDraft = { kind: 'make-anew' };

/** Statements that do no harm when they are run twice. */
export function statements(...texts: readonly string[]): Draft {
  return { kind: 'statements', statements: texts.map((sql) => ({ sql, onlyIf: null })) };
}

/** A statement that is run only where a condition holds. */
export function guarded(onlyIf: string, sql: string): Draft {
  return { kind: 'statements', statements: [{ sql, onlyIf }] };
}

export function unwritten(reason: string): Draft {
  return { kind: 'unwritten', reason };
}

/** One after the other; unwritten where one of them is. */
export function inOrder(...drafts: readonly Draft[]): Draft {
  const reasons = drafts.flatMap((draft) => (draft.kind === 'unwritten' ? [draft.reason] : []));
  if (reasons.length > 0) return unwritten(reasons.join('; '));
  return {
    kind: 'statements',
    statements: drafts.flatMap((draft) => (draft.kind === 'statements' ? draft.statements : [])),
  };
}
