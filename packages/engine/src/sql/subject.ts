import { namedRelations } from './named-relations.ts';
import type { Statement } from './statement.ts';

/** Names that are told before the rest is only counted. */
const TOLD = 2;

/**
 * What statements are about, in words, for a title: the relations and types that they name, such as `Tasks and export jobs`.
 * @returns `null` where they name none
 */
export function subjectOf(statements: readonly Pick<Statement, 'tree'>[]): string | null {
  const names = [...new Set([...namedRelations(statements), ...statements.flatMap(enumNames)])];
  const words = names.map((name) => name.replaceAll(/[_\s]+/g, ' ').trim()).filter((name) => name !== '');
  if (words.length === 0) return null;
  const told = words.slice(0, TOLD);
  const others = words.length - told.length;
  const text = others === 0 ? told.join(' and ') : `${told.join(', ')} and ${others} more`;
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** The last part of the name, which the parser gives as a list. */
function enumNames({ tree }: Pick<Statement, 'tree'>): string[] {
  const { typeName } = tree as { typeName?: unknown };
  if (!Array.isArray(typeName)) return [];
  const last = (typeName.at(-1) as { String?: { sval?: unknown } } | undefined)?.String?.sval;
  return typeof last === 'string' ? [last] : [];
}
