import type { CatalogObject } from '../../catalog/model.ts';
import { partsOfName, unquotedPart } from '../../sql/qualified-name.ts';
import { Attributes } from '../attributes.ts';
import type { Side } from '../side.ts';
import { goesByPlace } from './by-place.ts';

/**
 * The function that goes by the order of a table's columns, as far as its text shows: `INSERT` without a list of columns, `*`
 * into the columns or variables of something else, lists that become a row of the table. Only texts of SQL and PL/pgSQL are
 * looked at: what PostgreSQL keeps as parsed, such as views and rules, goes by the columns themselves.
 * @returns the first by name; `null` where there is none
 */
export function goesByOrder(table: CatalogObject, side: Side): CatalogObject | null {
  const fired = new Set(
    side.children(table, 'trigger').flatMap(({ key }) => side.needs(key).map(({ part }) => part)),
  );
  const name = unquotedPart(partsOfName(table.name).at(-1) ?? '');
  const found = side.ofKind('routine').filter((routine) => {
    const attributes = new Attributes(routine);
    const body = attributes.text('body');
    if (body === null) return false;
    return goesByPlace(body, {
      table: name,
      isFired: fired.has(routine.key),
      isPlpgsql: attributes.text('language') === 'plpgsql',
      gives: givenRow(attributes.text('result') ?? '', table.name),
    });
  });
  return found.toSorted((a, b) => (a.key < b.key ? -1 : 1))[0] ?? null;
}

/** @param result as PostgreSQL prints it: `SETOF public.quotes`, `TABLE(id integer)`, … */
function givenRow(result: string, table: string): 'row-of-table' | 'columns' | 'nothing' {
  if (result.replace(/^SETOF /, '') === table) return 'row-of-table';
  return /^(?:TABLE\(|SETOF |record$)/.test(result) || result.includes('.') ? 'columns' : 'nothing';
}
