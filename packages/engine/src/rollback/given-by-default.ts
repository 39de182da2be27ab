import type { Kind } from '../catalog/model.ts';
import { Attributes } from './attributes.ts';
import { granteesOf } from './privileges.ts';
import type { Side } from './side.ts';

/** What ALTER DEFAULT PRIVILEGES calls objects of a kind. */
const CLASSES: Partial<Record<Kind, string>> = {
  table: 'tables',
  'foreign-table': 'tables',
  view: 'tables',
  'materialized-view': 'tables',
  sequence: 'sequences',
  routine: 'functions',
  aggregate: 'functions',
  enum: 'types',
  domain: 'types',
  composite: 'types',
  range: 'types',
  schema: 'schemas',
};

/** Everybody has something on these (PostgreSQL manual 5.8, table 5.2). */
const HELD_BY_EVERYBODY: ReadonlySet<string | undefined> = new Set(['functions', 'types']);

/**
 * Roles that may have been granted something, or been spared it, when an object of a kind was made: by default privileges
 * as they were or as they are, since the script changes them as well. The empty name stands for everybody, who has
 * something by default that a global entry may take away.
 */
export function givenByDefault(kind: Kind, ...sides: readonly Side[]): string[] {
  const entries = sides
    .flatMap((side) => side.ofKind('default-privileges'))
    .filter(({ name }) => name.endsWith(` on ${CLASSES[kind]}`));
  const isGlobal = entries.some(({ name }) => !/ in schema (?:"(?:[^"]|"")*"|\S+) on \w+$/.test(name));
  const grantees = entries.flatMap((entry) => granteesOf(new Attributes(entry).list('privileges')));
  return [...new Set([...grantees, ...(isGlobal && HELD_BY_EVERYBODY.has(CLASSES[kind]) ? [''] : [])])];
}
