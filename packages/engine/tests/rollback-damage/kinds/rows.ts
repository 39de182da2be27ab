import type { BaseColumn, BaseTable } from '../base-catalog.ts';
import { appended, type DamageKind, inTwoTables, prepended } from '../damage.ts';

/** Damages to rows and sequences that were there before the migration. */
export const ROW_DAMAGES = {
  'row deleted first': (site) =>
    inTwoTables(site, whole).map(({ table }) =>
      prepended(
        site,
        table.name,
        `delete from ${table.name} where ctid = (select min(ctid) from ${table.name})`,
      ),
    ),

  'row deleted': (site) =>
    inTwoTables(site, whole).map(({ table }) =>
      appended(
        site,
        table.name,
        `delete from ${table.name} where ctid = (select max(ctid) from ${table.name})`,
      ),
    ),

  'table emptied': (site) =>
    inTwoTables(site, whole).map(({ table }) => appended(site, table.name, `truncate ${table.name} cascade`)),

  'rows doubled': (site) =>
    inTwoTables(site, ({ hasKey, constraints, indexes }) =>
      hasKey || indexes.length > 0 || constraints.some(({ type }) => type === 'u' || type === 'x')
        ? []
        : [null],
    ).map(({ table }) => {
      const names = table.columns
        .filter(isPlain)
        .map(({ name }) => name)
        .join(', ');
      return appended(
        site,
        table.name,
        `insert into ${table.name} (${names}) select ${names} from ${table.name}`,
      );
    }),

  'values set to null': (site) =>
    inTwoTables(site, ({ columns }) => columns.filter((column) => isPlain(column) && !column.notNull)).map(
      ({ table, thing: { name } }) =>
        appended(site, `${table.name}.${name}`, `update ${table.name} set ${name} = null`),
    ),

  'one value set to another': (site) =>
    inTwoTables(site, ({ columns }) => columns.filter((column) => isPlain(column) && !column.inKey)).map(
      ({ table, thing: { name } }) =>
        appended(
          site,
          `${table.name}.${name}`,
          `update ${table.name} set ${name} = (select o.${name} from ${table.name} o where o.${name} is not null order by o.${name}::text limit 1) where ctid = (select max(ctid) from ${table.name})`,
        ),
    ),

  'values of two columns exchanged': (site) =>
    inTwoTables(site, twinsOf).map(({ table, thing: [one, other] }) =>
      appended(
        site,
        `${table.name}: ${one}, ${other}`,
        `update ${table.name} set ${one} = ${other}, ${other} = ${one}`,
      ),
    ),

  'values written anew as they are': (site) =>
    inTwoTables(site, ({ columns }) => columns.filter(isPlain)).map(({ table, thing: { name } }) =>
      appended(site, `${table.name}.${name}`, `update ${table.name} set ${name} = ${name}`),
    ),

  'rows deleted and inserted again': (site) =>
    inTwoTables(site, ({ columns, isReferredTo }) =>
      isReferredTo || !columns.every(isPlain) ? [] : [null],
    ).map(({ table }) =>
      appended(
        site,
        table.name,
        `create temp table set_aside as select * from ${table.name}`,
        `delete from ${table.name}`,
        `insert into ${table.name} select * from set_aside`,
        'drop table set_aside',
      ),
    ),

  'sequence restarted': (site) =>
    site.base.sequences.slice(0, 2).map((name) => appended(site, name, `alter sequence ${name} restart`)),

  'sequence moved on': (site) =>
    site.base.sequences.slice(0, 1).map((name) => appended(site, name, `select nextval('${name}')`)),
} satisfies Record<string, DamageKind>;

const whole = (): readonly null[] => [null];

function isPlain({ isPlain }: BaseColumn): boolean {
  return isPlain;
}

/** Two columns of one type that nothing tells apart. */
export function twinsOf({ columns }: BaseTable): (readonly [string, string])[] {
  const own = columns.filter((column) => column.isPlain && !column.inKey);
  return own.flatMap((one, place) => {
    const other = own.slice(place + 1).find(({ type }) => type === one.type);
    return other === undefined ? [] : [[one.name, other.name] as const];
  });
}
