import { quoteLiteral } from '../../../src/sql/quote.ts';
import { appended, type DamageKind, inTwoTables } from '../damage.ts';

/** What a rollback that writes the earlier schema from memory forgets, or adds, but for columns. */
export const SCHEMA_DAMAGES = {
  'table made anew with its rows': (site) =>
    inTwoTables(site, ({ columns, isReferredTo }) =>
      isReferredTo || !columns.every(({ isPlain }) => isPlain) ? [] : [null],
    ).map(({ table: { name } }) =>
      appended(
        site,
        name,
        `alter table ${name} rename to made_anew_from`,
        `create table ${name} (like ${schemaOf(name)}.made_anew_from including all)`,
        `insert into ${name} select * from ${schemaOf(name)}.made_anew_from`,
        `drop table ${schemaOf(name)}.made_anew_from`,
      ),
    ),

  'names of two tables exchanged': (site) => {
    const [one, other] = site.base.tables;
    if (one === undefined || other === undefined || schemaOf(one.name) !== schemaOf(other.name)) return [];
    const schema = schemaOf(one.name);
    const last = (name: string) => name.slice(schema.length + 1);
    return [
      appended(
        site,
        `${one.name}, ${other.name}`,
        `alter table ${one.name} rename to exchanged`,
        `alter table ${other.name} rename to ${last(one.name)}`,
        `alter table ${schema}.exchanged rename to ${last(other.name)}`,
      ),
    ];
  },

  'index dropped': (site) =>
    inTwoTables(site, ({ indexes }) => indexes).map(({ thing }) =>
      appended(site, thing, `drop index ${thing}`),
    ),

  'index renamed': (site) =>
    inTwoTables(site, ({ indexes }) => indexes).map(({ thing }) =>
      appended(site, thing, `alter index ${thing} rename to renamed_by_mistake`),
    ),

  'constraint dropped': (site) =>
    inTwoTables(site, ({ constraints }) => constraints).map(({ table, thing }) =>
      appended(
        site,
        `${thing.name} of ${table.name}`,
        `alter table ${table.name} drop constraint ${thing.name}`,
      ),
    ),

  'constraint not validated': (site) =>
    inTwoTables(site, ({ constraints }) =>
      constraints.filter(
        ({ type, definition }) => /[cf]/.test(type) && !/NOT VALID|NO INHERIT/.test(definition),
      ),
    ).map(({ table, thing: { name, definition } }) =>
      appended(
        site,
        `${name} of ${table.name}`,
        `alter table ${table.name} drop constraint ${name}`,
        `alter table ${table.name} add constraint ${name} ${definition} not valid`,
      ),
    ),

  'constraint deferrable': (site) =>
    inTwoTables(site, ({ constraints }) =>
      constraints.filter(({ type, definition }) => type === 'f' && !/DEFERRABLE/.test(definition)),
    ).map(({ table, thing: { name } }) =>
      appended(
        site,
        `${name} of ${table.name}`,
        `alter table ${table.name} alter constraint ${name} deferrable initially deferred`,
      ),
    ),

  'trigger disabled': (site) =>
    inTwoTables(site, ({ triggers }) => triggers).map(({ table, thing }) =>
      appended(site, `${thing} on ${table.name}`, `alter table ${table.name} disable trigger ${thing}`),
    ),

  'all triggers disabled': (site) =>
    inTwoTables(site, ({ constraints, triggers }) =>
      constraints.some(({ type }) => type === 'f') || triggers.length > 0 ? [null] : [],
    ).map(({ table }) => appended(site, table.name, `alter table ${table.name} disable trigger all`)),

  'privilege forgotten': (site) =>
    inTwoTables(site, ({ grants }) => grants).map(({ thing }) => appended(site, thing, `revoke ${thing}`)),

  'privilege added': (site) =>
    inTwoTables(site, whole).map(({ table }) =>
      appended(site, table.name, `grant select on ${table.name} to public`),
    ),

  'privilege on a column added': (site) =>
    inTwoTables(site, ({ columns }) => columns).map(({ table, thing: { name } }) =>
      appended(site, `${table.name}.${name}`, `grant update (${name}) on ${table.name} to public`),
    ),

  'owner changed': (site) =>
    inTwoTables(site, whole).map(({ table }) =>
      appended(site, table.name, `alter table ${table.name} owner to pg_monitor`),
    ),

  'comment changed': (site) =>
    inTwoTables(site, whole).map(({ table }) =>
      appended(
        site,
        table.name,
        `comment on table ${table.name} is ${table.comment === null ? `'from memory'` : 'null'}`,
      ),
    ),

  'comment on a column': (site) =>
    inTwoTables(site, ({ columns }) => columns.slice(-1)).map(({ table, thing: { name } }) =>
      appended(site, `${table.name}.${name}`, `comment on column ${table.name}.${name} is 'from memory'`),
    ),

  'row security turned': (site) =>
    inTwoTables(site, whole).map(({ table }) =>
      appended(site, table.name, `alter table ${table.name} force row level security`),
    ),

  'storage option set': (site) =>
    inTwoTables(site, whole).map(({ table }) =>
      appended(site, table.name, `alter table ${table.name} set (autovacuum_enabled = off)`),
    ),

  'statistics target set': (site) =>
    inTwoTables(site, ({ columns }) => columns).map(({ table, thing: { name } }) =>
      appended(
        site,
        `${table.name}.${name}`,
        `alter table ${table.name} alter column ${name} set statistics 500`,
      ),
    ),

  'replica identity changed': (site) =>
    inTwoTables(site, whole).map(({ table }) =>
      appended(site, table.name, `alter table ${table.name} replica identity nothing`),
    ),

  'made unlogged': (site) =>
    inTwoTables(site, ({ isReferredTo }) => (isReferredTo ? [] : [null])).map(({ table }) =>
      appended(site, table.name, `alter table ${table.name} set unlogged`),
    ),

  'something left on a table': (site) =>
    inTwoTables(site, ({ name, columns }) => {
      const [first, second] = columns;
      if (first === undefined) return [];
      return [
        `alter table ${name} add column left_behind integer`,
        `alter table ${name} add constraint left_behind check (true)`,
        `create index left_behind on ${name} (${first.name})`,
        `create rule left_behind as on delete to ${name} do also select 1`,
        `create policy left_behind on ${name} using (true)`,
        `create statistics left_behind (ndistinct) on ${first.name}, ${(second ?? first).name} from ${name}`,
      ];
    }).map(({ table, thing }) =>
      appended(site, `${table.name}: ${thing.split(' ').slice(0, 2).join(' ')}`, thing),
    ),

  'sequence altered': (site) =>
    site.base.sequences
      .slice(0, 1)
      .flatMap((name) => [
        appended(site, `${name}: cache`, `alter sequence ${name} cache 7`),
        appended(site, `${name}: privilege`, `grant usage on sequence ${name} to public`),
      ]),

  'function altered': (site) =>
    site.base.functions.slice(0, 1).map((name) => appended(site, name, `alter function ${name} cost 7`)),

  'view altered': (site) =>
    site.base.views
      .slice(0, 1)
      .map((name) => appended(site, name, `alter view ${name} set (security_barrier = true)`)),

  'label renamed': (site) =>
    site.base.enums
      .slice(0, 1)
      .map(({ name, labels }) =>
        appended(
          site,
          name,
          `alter type ${name} rename value ${quoteLiteral(labels[0] ?? '')} to 'renamed by mistake'`,
        ),
      ),

  'label added': (site) =>
    site.base.enums
      .slice(0, 1)
      .map(({ name }) => appended(site, name, `alter type ${name} add value 'one too many'`)),

  'something left behind': (site) => [
    appended(site, 'table', 'create table public.left_behind ()'),
    appended(site, 'schema', 'create schema left_behind'),
    appended(
      site,
      'setting',
      `do $left$ begin execute format('alter database %I set work_mem = %L', current_database(), '5MB'); end $left$`,
    ),
    appended(site, 'default privilege', 'alter default privileges grant select on tables to public'),
    appended(site, 'function', `create function public.left_behind() returns int language sql as 'select 1'`),
  ],
} satisfies Record<string, DamageKind>;

const whole = (): readonly null[] => [null];

function schemaOf(name: string): string {
  return /^("[^"]*"|[^."]+)\./.exec(name)?.[1] ?? 'public';
}
