import { appended, type DamageKind, inTwoTables } from '../damage.ts';

/** Conversions that bring most values back as they were: the rows of a proof have to hold one that they do not. */
const CONVERSIONS: Readonly<
  Record<string, { readonly types: RegExp; readonly sql: (column: string) => string }>
> = {
  'text trimmed': { types: /^(text|character varying)/, sql: (column) => `btrim(${column})` },
  'text in lower case': { types: /^(text|character varying)/, sql: (column) => `lower(${column})` },
  'text cut': { types: /^(text|character varying)/, sql: (column) => `left(${column}, 4)` },
  'empty text set to null': { types: /^(text|character varying)/, sql: (column) => `nullif(${column}, '')` },
  'text through a number': {
    types: /^(text|character varying)/,
    sql: (column) => `case when ${column} ~ '^[0-9]{1,9}$' then ${column}::integer::text else ${column} end`,
  },
  'null filled': {
    types: /^(text|character varying|integer|bigint|numeric|boolean)/,
    sql: (column) => `coalesce(${column}, '0')`,
  },
  'numbers rounded': { types: /^numeric/, sql: (column) => `round(${column}, 0)` },
  'numbers through a float': { types: /^numeric/, sql: (column) => `${column}::real::numeric` },
  'sign lost': { types: /^(integer|bigint|numeric|double precision)/, sql: (column) => `abs(${column})` },
  'seconds cut': { types: /^timestamp/, sql: (column) => `date_trunc('second', ${column})` },
  'time of day lost': { types: /^timestamp/, sql: (column) => `${column}::date` },
  'json emptied of nulls': {
    types: /^jsonb?$/,
    sql: (column) => `jsonb_strip_nulls(${column}::jsonb)::json`,
  },
  'array sorted': { types: /\[\]$/, sql: (column) => `array(select u from unnest(${column}) u order by u)` },
};

/** One for each conversion, of the first column in each of two tables that has such a type. */
export const VALUE_DAMAGES: Readonly<Record<string, DamageKind>> = Object.fromEntries(
  Object.entries(CONVERSIONS).map(([name, { types, sql }]) => [
    name,
    (site) =>
      inTwoTables(site, ({ columns }) =>
        columns.filter(({ type, isPlain, inKey }) => types.test(type) && isPlain && !inKey),
      ).map(({ table, thing: { name: column } }) =>
        appended(site, `${table.name}.${column}`, `update ${table.name} set ${column} = ${sql(column)}`),
      ),
  ]),
);
