import type { BaseColumn, BaseTable } from '../base-catalog.ts';
import { appended, type DamageKind, inTwoTables } from '../damage.ts';
import { twinsOf } from './rows.ts';

/** What a rollback that writes the columns of an earlier schema from memory takes for something else. */
export const COLUMN_DAMAGES = {
  'type narrowed': (site) =>
    inTwoTables(site, ({ columns }) => columns.flatMap(narrower)).map(({ table, thing: [name, type] }) =>
      appended(site, `${table.name}.${name}`, `alter table ${table.name} alter column ${name} type ${type}`),
    ),

  'default forgotten': (site) =>
    inTwoTables(site, ({ columns }) => columns.filter((column) => column.default !== null)).map(
      ({ table, thing: { name } }) =>
        appended(
          site,
          `${table.name}.${name}`,
          `alter table ${table.name} alter column ${name} drop default`,
        ),
    ),

  'default added': (site) =>
    inTwoTables(site, ({ columns }) =>
      columns.filter(
        (column) =>
          column.isPlain && column.default === null && /^(text|int|bigint|numeric)/.test(column.type),
      ),
    ).map(({ table, thing: { name } }) =>
      appended(
        site,
        `${table.name}.${name}`,
        `alter table ${table.name} alter column ${name} set default '7'`,
      ),
    ),

  'not null forgotten': (site) =>
    inTwoTables(site, ({ columns }) =>
      columns.filter((column) => column.isPlain && column.notNull && !column.inKey),
    ).map(({ table, thing: { name } }) =>
      appended(site, `${table.name}.${name}`, `alter table ${table.name} alter column ${name} drop not null`),
    ),

  'column made anew': (site) =>
    inTwoTables(site, ({ columns }) => columns.filter((column) => column.isPlain && !column.inKey)).map(
      ({ table, thing: column }) =>
        appended(site, `${table.name}.${column.name}`, ...madeAnew(table, column)),
    ),

  'column made anew with its values': (site) =>
    inTwoTables(site, ({ columns, hasKey }) =>
      hasKey ? columns.filter((column) => column.isPlain && !column.inKey) : [],
    ).map(({ table, thing: column }) =>
      appended(site, `${table.name}.${column.name}`, ...madeAnewWithValues(table, column)),
    ),

  'last column made anew with its values': (site) =>
    inTwoTables(site, ({ columns, hasKey }) =>
      hasKey ? columns.slice(-1).filter((column) => column.isPlain && !column.inKey) : [],
    ).map(({ table, thing: column }) =>
      appended(site, `${table.name}.${column.name}`, ...madeAnewWithValues(table, column)),
    ),

  'column renamed': (site) =>
    inTwoTables(site, ({ columns }) => columns.filter(({ isPlain }) => isPlain)).map(
      ({ table, thing: { name } }) =>
        appended(
          site,
          `${table.name}.${name}`,
          `alter table ${table.name} rename column ${name} to renamed_by_mistake`,
        ),
    ),

  'names of two columns exchanged': (site) =>
    inTwoTables(site, twinsOf).map(({ table, thing: [one, other] }) =>
      appended(
        site,
        `${table.name}: ${one}, ${other}`,
        `alter table ${table.name} rename column ${one} to exchanged`,
        `alter table ${table.name} rename column ${other} to ${one}`,
        `alter table ${table.name} rename column exchanged to ${other}`,
      ),
    ),
} satisfies Record<string, DamageKind>;

function narrower({ name, type, isPlain }: BaseColumn): (readonly [string, string])[] {
  const length = /^(character varying|character)\((\d+)\)$/.exec(type);
  const types: Readonly<Record<string, string>> = {
    text: 'varchar(60)',
    bigint: 'integer',
    integer: 'smallint',
    'timestamp with time zone': 'timestamp with time zone(0)',
    jsonb: `json using ${name}::json`,
    'double precision': 'real',
  };
  const found = length === null ? types[type] : `${length[1]}(${Number(length[2]) - 1})`;
  return isPlain && found !== undefined ? [[name, found]] : [];
}

function madeAnew({ name: table }: BaseTable, { name, type, notNull, default: value }: BaseColumn): string[] {
  const filled = value === null ? '' : ` default ${value}`;
  return [
    `alter table ${table} drop column ${name}`,
    `alter table ${table} add column ${name} ${type}${filled}${notNull && value !== null ? ' not null' : ''}`,
  ];
}

/** As a careful author would: the values are set aside by key. */
function madeAnewWithValues(table: BaseTable, column: BaseColumn): string[] {
  const { name, type, notNull, default: value } = column;
  const keys = table.columns.filter(({ inKey }) => inKey).map((key) => key.name);
  return [
    `create temp table set_aside as select ${[...keys, name].join(', ')} from ${table.name}`,
    `alter table ${table.name} drop column ${name}`,
    `alter table ${table.name} add column ${name} ${type}`,
    `update ${table.name} t set ${name} = a.${name} from set_aside a where ${keys.map((key) => `t.${key} = a.${key}`).join(' and ')}`,
    'drop table set_aside',
    ...(notNull ? [`alter table ${table.name} alter column ${name} set not null`] : []),
    ...(value === null ? [] : [`alter table ${table.name} alter column ${name} set default ${value}`]),
  ];
}
