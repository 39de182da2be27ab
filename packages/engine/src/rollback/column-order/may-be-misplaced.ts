import { Attributes } from '../attributes.ts';
import type { Side, Sides } from '../side.ts';

/**
 * Whether some column may come back behind others that it stood before. What goes by the order of columns hangs together with
 * a table by its text alone, so that only whole catalogs tell what there is to do then.
 * @param sides names need not be given back yet
 */
export function mayBeMisplaced({ before, after }: Sides): boolean {
  return before.ofKind('table').some((table) => {
    if (after.byIdentity(table.identity) === undefined) return after.get(table.key) !== undefined;
    const stay = before
      .children(table, 'column')
      .map(({ identity }) => staysAsIs(identity, { before, after }));
    return stay.lastIndexOf(true) > stay.indexOf(false) && stay.includes(false);
  });
}

function staysAsIs(identity: string, sides: { before: Side; after: Side }): boolean {
  const [was, is] = [sides.before.byIdentity(identity), sides.after.byIdentity(identity)];
  if (was === undefined || is === undefined) return false;
  return new Attributes(was).same('generated', new Attributes(is));
}
