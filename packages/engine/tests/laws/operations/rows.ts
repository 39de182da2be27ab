import type { Land, LandTable } from '../land.ts';
import type { Picks } from '../picks.ts';
import { valueFor } from '../values.ts';
import { type Operation, oneOf } from './operation.ts';

/** A row for a table; what it refers to is taken from the rows that are there. */
export function insertion({ name, columns, constraints }: LandTable, picks: Picks, number: number): string {
  const written = columns.filter(({ isGenerated }) => !isGenerated);
  const keys = new Set(
    constraints.filter(({ type }) => type === 'p' || type === 'u').flatMap((each) => each.columns),
  );
  const values = written.map((column) => {
    const key = constraints.find(({ type, columns: [first] }) => type === 'f' && first === column.name);
    if (key?.target != null && key.columns.length === 1)
      return `(select ${/REFERENCES .*\(([^)]*)\)/.exec(key.definition)?.[1]} from ${key.target} order by 1 offset ${picks.below(2)} limit 1)`;
    if (!keys.has(column.name) || column.labels.length > 0) return valueFor(column, picks);
    if (column.plainType === 'uuid')
      return `'6a0f1a86-0000-4000-8000-0000000001${String(number).padStart(2, '0')}'`;
    return /int|numeric|text|char|double|real/.test(column.plainType)
      ? `'${number}'`
      : valueFor(column, picks);
  });
  const override = written.some(({ isIdentity }) => isIdentity) ? ' overriding system value' : '';
  if (written.length === 0) return `insert into ${name} default values`;
  return `insert into ${name} (${written.map((column) => column.name).join(', ')})${override} values (${values.join(', ')})`;
}

/** Some of the rows of a table, told apart by a column of it. */
function where(table: LandTable, picks: Picks): string {
  const column = oneOf(table.columns, picks);
  return picks.text(
    '',
    ` where ${column.name} is not null`,
    ` where ${column.name}::text = ${valueFor({ ...column, notNull: true }, picks)}`,
  );
}

function anyTable(land: Land, picks: Picks): LandTable {
  return oneOf(land.tables, picks);
}

/** What is done to rows. */
export const ROWS: Readonly<Record<string, Operation>> = {
  insert: (land, picks) => insertion(anyTable(land, picks), picks, 50 + picks.below(9)),
  update: (land, picks) => {
    const table = anyTable(land, picks);
    const column = oneOf(
      table.columns.filter(({ isGenerated }) => !isGenerated),
      picks,
    );
    return `update ${table.name} set ${column.name} = ${valueFor(column, picks)}${where(table, picks)}`;
  },
  'update from itself': (land, picks) => {
    const { name, columns } = anyTable(land, picks);
    const column = oneOf(columns, picks);
    const expression = /^(?:integer|bigint|numeric|smallint)$/.test(column.plainType)
      ? `${column.name} + 100`
      : `lower(${column.name})`;
    return `update ${name} set ${column.name} = ${expression}`;
  },
  delete: (land, picks) => {
    const table = anyTable(land, picks);
    return `delete from ${table.name}${where(table, picks)}`;
  },
  truncate: (land, picks) =>
    `truncate ${anyTable(land, picks).name}${picks.text(' cascade', '', ' restart identity cascade')}`,
};
