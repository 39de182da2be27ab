import { castPair } from '../catalog/dependencies.ts';
import type { Side } from './side.ts';

/** Whether values of a type can be stored in a column of another as they are; what does not fit is refused. */
export function isAssigned(from: string, to: string, { described }: Side): boolean {
  const [present, wanted] = [withoutModifier(from), withoutModifier(to)];
  return (
    present === wanted || isString(to) || described.casts.get(castPair(present, wanted)) === 'assignment'
  );
}

/**
 * Whether `value::type` is known to PostgreSQL. Of types that people made nothing is known here, so that it is taken for
 * granted (PostgreSQL manual, CREATE CAST).
 */
export function hasCast(from: string, to: string, side: Side): boolean {
  const [present, wanted] = [withoutModifier(from), withoutModifier(to)];
  if ([present, wanted].some((type) => isString(type) || type.includes('.'))) return true;
  if (present.endsWith('[]') && wanted.endsWith('[]'))
    return hasCast(present.slice(0, -2), wanted.slice(0, -2), side);
  return present === wanted || side.described.casts.has(castPair(present, wanted));
}

/** Whether whatever has a text can be assigned to a type (PostgreSQL manual, CREATE CAST). */
export function isString(type: string): boolean {
  return STRINGS.has(withoutModifier(type));
}

const STRINGS: ReadonlySet<string> = new Set(['text', 'character varying', 'character']);

function withoutModifier(type: string): string {
  return type.replace(/\([^)]*\)/, '');
}
