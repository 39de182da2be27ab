import type { Statement } from './statement.ts';

/**
 * Names of relations that statements name, without their schemas. What is inside strings, such as the bodies of
 * functions and `DO` blocks, is not seen.
 */
export function namedRelations(statements: readonly Pick<Statement, 'tree'>[]): ReadonlySet<string> {
  const found = new Set<string>();
  for (const { tree } of statements) collect(tree, found);
  return found;
}

function collect(value: unknown, found: Set<string>): void {
  if (Array.isArray(value)) for (const item of value) collect(item, found);
  else if (typeof value === 'object' && value !== null) {
    const { relname } = value as { relname?: unknown };
    if (typeof relname === 'string') found.add(relname);
    for (const item of Object.values(value)) collect(item, found);
  }
}
