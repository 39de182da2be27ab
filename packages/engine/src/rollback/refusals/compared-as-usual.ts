import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import type { Sides } from '../side.ts';

/**
 * Whether `=` between values of a column is surely the operator of PostgreSQL's own: that of a type from an extension may lie in
 * a schema that is not looked at, and another one be found in its place.
 */
export function isComparedAsUsual(
  table: CatalogObject | undefined,
  column: string,
  { before, after }: Sides,
): boolean {
  const key = `column ${table?.name}.${column}`;
  const object = before.get(key) ?? after.get(key);
  const type = object === undefined ? null : new Attributes(object).text('type');
  return type !== null && isUsual(type.replace(/\[\]$/, ''), { before, after });
}

function isUsual(type: string, sides: Sides): boolean {
  if (!type.includes('.')) return true;
  const { before, after } = sides;
  if (before.get(`enum ${type}`) !== undefined || after.get(`enum ${type}`) !== undefined) return true;
  const domain = before.get(`domain ${type}`) ?? after.get(`domain ${type}`);
  return domain !== undefined && isUsual(new Attributes(domain).text('type') ?? '.', sides);
}
