import type { ColumnShape } from './table-shape.ts';

/**
 * SQL for a value as the text that PostgreSQL prints. A cast to text does that for types of PostgreSQL's own, except that
 * it cuts the blanks at the end of a `bpchar`; for a type of the user's it may be a function of the user's.
 * @param value SQL of the value
 * @param column what the value is of
 * @returns an operand; NULL for NULL
 */
export function printed(value: string, { baseType }: Pick<ColumnShape, 'baseType'>): string {
  // Names of types outside of pg_catalog are qualified.
  if (!baseType.includes('.') && baseType !== 'bpchar') return `${value}::text`;
  // `IS NOT NULL` would ask each field of a composite value.
  return `(case when ${value} is distinct from null then concat(${value}) end)`;
}
