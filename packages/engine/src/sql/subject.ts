import { namedRelations } from './named-relations.ts';
import type { Statement } from './statement.ts';

/** Names that are told before the rest is only counted. */
const TOLD = 2;

/**
 * What statements are about, in words, for a title: the relations that they make or change and the types that they name, such as
 * `Tasks and export jobs`. What they only refer to or read counts where there is nothing else.
 * @returns `null` where they name none
 */
export function subjectOf(statements: readonly Pick<Statement, 'tree'>[]): string | null {
  const own = [...statements.flatMap(ownNames), ...statements.flatMap(enumNames)];
  const names = [...new Set(own.length > 0 ? own : namedRelations(statements))];
  const words = names.map((name) => name.replaceAll(/[_\s]+/g, ' ').trim()).filter((name) => name !== '');
  if (words.length === 0) return null;
  const told = words.slice(0, TOLD);
  const others = words.length - told.length;
  const text = others === 0 ? told.join(' and ') : `${told.join(', ')} and ${others} more`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Where the parser puts the relation that a statement is about: of a view, of a policy, of all others. */
function ownNames({ tree }: Pick<Statement, 'tree'>): string[] {
  return ['relation', 'view', 'table'].flatMap((field) => {
    const { relname } = (tree[field] ?? {}) as { relname?: unknown };
    return typeof relname === 'string' ? [relname] : [];
  });
}

/** The last part of the name, which the parser gives as a list. */
function enumNames({ tree }: Pick<Statement, 'tree'>): string[] {
  const { typeName } = tree as { typeName?: unknown };
  if (!Array.isArray(typeName)) return [];
  const last = (typeName.at(-1) as { String?: { sval?: unknown } } | undefined)?.String?.sval;
  return typeof last === 'string' ? [last] : [];
}
