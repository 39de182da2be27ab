/** One statement of a script that is being written, or several that one condition is asked for. */
export interface StatementDraft {
  /** Without the last semicolon. */
  readonly sql: string;
  /** A condition under which alone it is run, so that a second run does no harm; `null` where the statement says it itself. */
  readonly onlyIf: string | null;
}

/** What a writer came up with. */
export interface Draft {
  readonly kind: 'statements';
  readonly statements: readonly StatementDraft[];
  /** What they do not bring back since there is no way that we know, in words. */
  readonly leftovers: readonly string[];
}

/** What a change of an object asks for. */
export type AlterationDraft =
  | Draft
  /** It cannot be altered, only dropped and made as it was. */
  | { readonly kind: 'make-anew' };

export const MAKE_ANEW: AlterationDraft = { kind: 'make-anew' };

/** Statements that do no harm when they are run twice. */
export function statements(...texts: readonly string[]): Draft {
  return { kind: 'statements', statements: texts.map((sql) => ({ sql, onlyIf: null })), leftovers: [] };
}

/** A statement that is run only where a condition holds. */
export function guarded(onlyIf: string, sql: string): Draft {
  return { kind: 'statements', statements: [{ sql, onlyIf }], leftovers: [] };
}

/** Several statements under one condition, which the first of them may make untrue. */
export function guardedTogether(onlyIf: string, texts: readonly string[]): Draft {
  return guarded(onlyIf, texts.join(';\n    '));
}

/** The same, run only where a condition holds as well. */
export function onlyWhere(condition: string, draft: Draft): Draft {
  return {
    ...draft,
    statements: draft.statements.map(({ sql, onlyIf }) => ({
      sql,
      onlyIf: onlyIf === null ? condition : `${condition} AND ${onlyIf}`,
    })),
  };
}

/** @param reason what is left, and why */
export function unwritten(...reasons: readonly string[]): Draft {
  return { kind: 'statements', statements: [], leftovers: reasons };
}

/** One after the other. */
export function inOrder(...drafts: readonly Draft[]): Draft {
  return {
    kind: 'statements',
    statements: drafts.flatMap(({ statements: texts }) => texts),
    leftovers: drafts.flatMap(({ leftovers }) => leftovers),
  };
}
