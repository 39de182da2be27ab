import type { LandTable } from '../land.ts';
import { freshName } from '../names.ts';
import type { Picks } from '../picks.ts';
import { type Operation, oneOf } from './operation.ts';

/** Conditions that most rows meet, about a column of whatever type. */
function condition({ columns }: LandTable, picks: Picks): string {
  const { name, plainType } = oneOf(columns, picks);
  if (plainType === 'text' || plainType === 'character varying')
    return picks.text(`char_length(${name}) < 500`, `${name} <> 'never'`, `${name} is not null or true`);
  if (/^(?:integer|bigint|numeric|smallint)$/.test(plainType)) return `${name} > -1000000`;
  return `${name} is null or ${name} = ${name}`;
}

const check: Operation = (land, picks) => {
  const table = oneOf(land.tables, picks);
  return `alter table ${table.name} add constraint ${freshName(land, picks)} check (${condition(table, picks)})${picks.text('', '', ' not valid')}`;
};

const unique: Operation = (land, picks) => {
  const { name, columns } = oneOf(land.tables, picks);
  const list = picks.some(columns, 2).map((column) => column.name);
  return `alter table ${name} add constraint ${freshName(land, picks)} unique (${list.join(', ')})${picks.text('', ' deferrable')}`;
};

const primaryKey: Operation = (land, picks) => {
  const { name, columns } = oneOf(land.tables, picks);
  return `alter table ${name} add primary key (${picks
    .some(columns, 2)
    .map((column) => column.name)
    .join(', ')})`;
};

/** Over as many columns as the key that it refers to has. */
const foreignKey: Operation = (land, picks) => {
  const keys = land.tables.flatMap((table) =>
    table.constraints
      .filter(({ type }) => type === 'p' || type === 'u')
      .map(({ columns }) => ({
        target: table.name,
        columns,
        types: columns.map((name) => table.columns.find((column) => column.name === name)?.type),
      })),
  );
  const { target, columns, types } = oneOf(keys, picks);
  const table = oneOf(land.tables, picks);
  const own = types.map(
    (type) =>
      oneOf(
        table.columns.filter((column) => column.type === type),
        picks,
      ).name,
  );
  const action = picks.text(
    '',
    ' on delete cascade',
    ' on update cascade on delete set null',
    ' deferrable',
    ' not valid',
  );
  return `alter table ${table.name} add constraint ${freshName(land, picks)} foreign key (${own.join(', ')}) references ${target} (${columns.join(', ')})${action}`;
};

const dropConstraint: Operation = (land, picks) => {
  const { name, constraints } = oneOf(
    land.tables.filter((table) => table.constraints.length > 0),
    picks,
  );
  return `alter table ${name} drop constraint ${oneOf(constraints, picks).name}${picks.text(' cascade', '')}`;
};

const renameConstraint: Operation = (land, picks) => {
  const { name, constraints } = oneOf(
    land.tables.filter((table) => table.constraints.length > 0),
    picks,
  );
  return `alter table ${name} rename constraint ${oneOf(constraints, picks).name} to ${freshName(land, picks)}`;
};

const index: Operation = (land, picks) => {
  const table = oneOf(land.tables, picks);
  const [first] = picks.some(table.columns, 1);
  const column = first?.name ?? 'id';
  const what = picks.text(
    column,
    `${column} desc nulls last`,
    `((${column}::text || 'x'))`,
    `lower(${column}::text)`,
  );
  const where = picks.text('', '', ` where ${condition(table, picks)}`);
  return `create ${picks.text('', '', 'unique ')}index ${freshName(land, picks)} on ${table.name} (${what})${where}`;
};

/** What is asked of rows, and how they are found. */
export const CONSTRAINTS: Readonly<Record<string, Operation>> = {
  'add check': check,
  'add unique': unique,
  'add primary key': primaryKey,
  'add foreign key': foreignKey,
  'drop constraint': dropConstraint,
  'rename constraint': renameConstraint,
  'create index': index,
  'drop index': (land, picks) =>
    `drop index ${oneOf(
      land.tables.flatMap(({ indexes }) => indexes),
      picks,
    )}`,
  'validate constraint': (land, picks) => {
    const open = land.tables.flatMap(({ name, constraints }) =>
      constraints
        .filter(({ definition }) => definition.endsWith('NOT VALID'))
        .map((each) => ({ table: name, ...each })),
    );
    const { table, name } = oneOf(open, picks);
    return `alter table ${table} validate constraint ${name}`;
  },
};
