import { appended, type DamageKind, inTwoTables, prepended } from '../damage.ts';

/** What looks like damage and, mostly, is none: a proof that raises an alarm here is not believed for long. */
export const SEEMING_DAMAGES = {
  'setting changed': (site) => [prepended(site, 'lock_timeout', `set lock_timeout = '5s'`)],

  'temporary table left': (site) => [
    appended(site, 'set_aside', 'create temp table set_aside as select 1 as one'),
  ],

  'something made and dropped': (site) => [
    appended(
      site,
      'table',
      'create table public.passing (id serial primary key)',
      'drop table public.passing',
    ),
  ],

  analyzed: (site) =>
    inTwoTables(site, whole).map(({ table }) => appended(site, table.name, `analyze ${table.name}`)),

  locked: (site) =>
    inTwoTables(site, whole).map(({ table }) =>
      appended(site, table.name, `lock table ${table.name} in access exclusive mode`),
    ),

  'renamed and renamed back': (site) =>
    inTwoTables(site, ({ columns }) => columns).map(({ table, thing: { name } }) =>
      appended(
        site,
        `${table.name}.${name}`,
        `alter table ${table.name} rename column ${name} to passing`,
        `alter table ${table.name} rename column passing to ${name}`,
      ),
    ),

  'default set as it is': (site) =>
    inTwoTables(site, ({ columns }) => columns.filter((column) => column.default !== null)).map(
      ({ table, thing }) =>
        appended(
          site,
          `${table.name}.${thing.name}`,
          `alter table ${table.name} alter column ${thing.name} set default ${thing.default}`,
        ),
    ),

  'type changed and changed back': (site) =>
    inTwoTables(site, ({ columns }) =>
      columns.filter(
        ({ type, isPlain }) => isPlain && /^(integer|character varying\(\d+\)|date)$/.test(type),
      ),
    ).map(({ table, thing: { name, type } }) =>
      appended(
        site,
        `${table.name}.${name}`,
        `alter table ${table.name} alter column ${name} type ${type === 'integer' ? 'bigint' : type === 'date' ? 'timestamp' : 'text'}`,
        `alter table ${table.name} alter column ${name} type ${type}`,
      ),
    ),

  'index made anew': (site) =>
    inTwoTables(site, ({ indexes }) => indexes).map(({ thing }) =>
      appended(
        site,
        thing,
        madeAnew(`pg_get_indexdef('${thing.replaceAll("'", "''")}'::regclass)`, `drop index ${thing}`),
      ),
    ),

  'constraint made anew': (site) =>
    inTwoTables(site, ({ constraints }) => constraints).map(({ table, thing: { name, definition } }) =>
      appended(
        site,
        `${name} of ${table.name}`,
        `alter table ${table.name} drop constraint ${name}`,
        `alter table ${table.name} add constraint ${name} ${definition}`,
      ),
    ),

  'trigger disabled and enabled': (site) =>
    inTwoTables(site, ({ triggers }) => triggers).map(({ table, thing }) =>
      appended(
        site,
        `${thing} on ${table.name}`,
        `alter table ${table.name} disable trigger ${thing}`,
        `alter table ${table.name} enable trigger ${thing}`,
      ),
    ),

  'view made anew': (site) =>
    site.base.views
      .slice(0, 1)
      .map((name) =>
        appended(
          site,
          name,
          madeAnew(`'create view ${name} as ' || pg_get_viewdef('${name}'::regclass)`, `drop view ${name}`),
        ),
      ),
} satisfies Record<string, DamageKind>;

const whole = (): readonly null[] => [null];

function madeAnew(definition: string, drop: string): string {
  return `do $made$ declare definition text := ${definition}; begin ${drop}; execute definition; end $made$`;
}
