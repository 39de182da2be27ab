import type { CatalogObject } from '../catalog/model.ts';
import { partsOfName } from '../sql/qualified-name.ts';

/** `x` of `x on public.t`, as triggers, policies, rules and constraints are called; still quoted where it has to be. */
export function ownNameOn({ name, table }: CatalogObject): string {
  return name.slice(0, name.length - ` on ${table}`.length);
}

/** The name without the schema and without arguments: `f` of `public.f(integer)`. */
export function bareName({ name }: CatalogObject): string {
  return partsOfName(withoutArguments(name)).at(-1) ?? name;
}

/** The schema of `public.t`; `null` where the name has none. */
export function schemaOfName({ name }: CatalogObject): string | null {
  const parts = partsOfName(withoutArguments(name));
  return parts.length > 1 ? (parts[0] ?? null) : null;
}

/** `public.f` of `public.f(integer)`; a parenthesis within quotes belongs to the name. */
export function withoutArguments(name: string): string {
  const found = /^((?:"(?:[^"]|"")*"|[^"(])+)\(/.exec(name);
  return found?.[1] ?? name;
}
