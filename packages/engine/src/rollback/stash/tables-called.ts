import type { CatalogObject } from '../../catalog/model.ts';
import type { RowEffect } from '../../data/row-effects.ts';
import { partsOfName, unquotedPart } from '../../sql/qualified-name.ts';
import type { Sides } from '../side.ts';

/** Tables before the migration that have the name which a statement uses, then or afterwards; where it names no schema, in any. */
export function tablesCalled(
  { schema, table: name }: Pick<RowEffect, 'schema' | 'table'>,
  { before, after }: Sides,
): CatalogObject[] {
  const called = [before, after]
    .flatMap((side) => side.ofKind('table'))
    .filter((table) => {
      const [own = '', plain = ''] = partsOfName(table.name).slice(-2).map(unquotedPart);
      return plain === name && (schema === null || own === schema);
    });
  const identities = new Set(called.map(({ identity }) => identity));
  return [...identities].flatMap((identity) => before.byIdentity(identity) ?? []);
}
