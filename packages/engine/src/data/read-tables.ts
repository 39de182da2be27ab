import { FIRST_USER_OID, qualified, userObject } from '../catalog/fragments.ts';
import type { Row, Session } from '../postgres/session.ts';
import type {
  ColumnShape,
  ConditionShape,
  ExclusionShape,
  ForeignKeyShape,
  RelationName,
  TableShape,
  UniqueExpression,
} from './table-shape.ts';

/**
 * Reads all tables that hold rows of the user's, by OID. Foreign tables hold theirs elsewhere, unlogged and temporary
 * ones are read like the others.
 * @param session outside of a transaction; its settings are as before afterwards
 * @throws ServerError when the server refuses the query
 */
export async function readTables(session: Session): Promise<TableShape[]> {
  // With nothing else on the path, every name of the user's is printed in full.
  const steps = [
    'begin read only',
    'set local search_path = pg_catalog',
    `${TABLES} order by c.oid`,
    'commit',
  ];
  const [, , rows = []] = await session.batch(steps.join(';'));
  return rows.map(shapeOf);
}

/** A table as `TABLES` gives it. */
export function shapeOf(row: Row): TableShape {
  const uniques = JSON.parse(String(row['uniques'])) as { columns: string[]; isKey: boolean }[];
  return {
    oid: String(row['oid']),
    root: String(row['root']),
    name: String(row['name']),
    relations: JSON.parse(String(row['relations'])) as RelationName[],
    files: wordsOf(row['files']),
    logged: row['logged'] === true,
    hangsOn: wordsOf(row['hangs_on']),
    printsNames: row['prints_names'] === true,
    columns: JSON.parse(String(row['columns'])) as ColumnShape[],
    key: uniques.find(({ isKey }) => isKey)?.columns ?? null,
    uniques: uniques.map(({ columns }) => columns),
    partialUniques: JSON.parse(String(row['partial_uniques'])) as string[][],
    alsoUniques: [],
    uniqueExpressions: JSON.parse(String(row['unique_expressions'])) as UniqueExpression[],
    exclusions: JSON.parse(String(row['exclusions'])) as ExclusionShape[],
    foreignKeys: JSON.parse(String(row['foreign_keys'])) as ForeignKeyShape[],
    conditions: JSON.parse(String(row['conditions'])) as ConditionShape[],
  };
}

function wordsOf(text: unknown): string[] {
  return String(text ?? '')
    .split(' ')
    .filter((word) => word !== '');
}

/** Names of columns for an array of their numbers, in the array's order. */
function columnNames(numbers: string, table: string): string {
  return `(select coalesce(json_agg(named.attname order by place.o), '[]') from unnest(${numbers}) with ordinality place(n, o)
    join pg_attribute named on named.attrelid = ${table} and named.attnum = place.n)`;
}

/** A domain over a domain has its conditions and those below; `format_type` of the lowest one has the modifier. */
const DOMAINS = `with recursive domains(oid, base, modifier, conditions) as (
    select t.oid, t.typbasetype, t.typtypmod, array(select pg_get_expr(c.conbin, 0) from pg_constraint c where c.contypid = t.oid and c.contype = 'c')
      from pg_type t where t.typtype = 'd'
    union all
    select d.oid, t.typbasetype, t.typtypmod, d.conditions || array(select pg_get_expr(c.conbin, 0) from pg_constraint c where c.contypid = t.oid and c.contype = 'c')
      from domains d join pg_type t on t.oid = d.base where t.typtype = 'd'
  ), stored as (
    select d.oid, d.base, d.modifier, d.conditions from domains d join pg_type b on b.oid = d.base where b.typtype <> 'd'
  )`;

/** All domains of the database are only looked through where a column has one. */
const COLUMNS = `(select coalesce(json_agg(json_build_object(
      'name', a.attname, 'number', a.attnum, 'type', format_type(a.atttypid, a.atttypmod),
      'alsoType', null, 'proposed', json_build_array(),
      'baseType', case when s.oid is null then format_type(a.atttypid, a.atttypmod) else format_type(s.base, s.modifier) end,
      'category', b.typcategory,
      'elementType', case when b.typcategory = 'A' and b.typelem <> 0 then format_type(b.typelem, null) end,
      'notNull', a.attnotnull or coalesce((select bool_or(d.typnotnull) from pg_type d where d.oid = a.atttypid), false),
      'filled', case when a.attgenerated <> '' then 'computed' when a.attidentity = 'a' then 'identity-always'
        when a.attidentity = 'd' then 'identity-default' else 'by-writer' end,
      'default', (select pg_get_expr(v.adbin, v.adrelid) from pg_attrdef v where v.adrelid = a.attrelid and v.adnum = a.attnum and a.attgenerated = ''),
      'labels', (select coalesce(json_agg(json_build_object('oid', e.oid::text, 'label', e.enumlabel) order by e.enumsortorder), '[]') from pg_enum e where e.enumtypid = b.oid),
      'domainConditions', to_json(coalesce(s.conditions, '{}'))
    ) order by a.attnum), '[]')
    from pg_attribute a join pg_type declared on declared.oid = a.atttypid
      left join lateral (select * from stored where declared.typtype = 'd' and stored.oid = declared.oid offset 0) s on true
      join pg_type b on b.oid = coalesce(s.base, a.atttypid)
    where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)`;

/**
 * The primary key first; then unique keys over columns that are not null, which tell rows apart as well. By the names of
 * their columns, so that a table has the same key when its indexes are made anew in another order.
 */
const UNIQUES = `(select coalesce(json_agg(json_build_object('columns', ${columnNames('i.indkey::int2[]', 'c.oid')},
      'isKey', i.indisprimary or not exists (select 1 from pg_attribute a where a.attrelid = c.oid and a.attnum = any(i.indkey::int2[]) and not a.attnotnull))
      order by i.indisprimary desc, ${columnNames('i.indkey::int2[]', 'c.oid')}::text), '[]')
    from pg_index i where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indexprs is null and i.indpred is null
      and i.indnkeyatts = i.indnatts)`;

/** A foreign key to a partitioned table has further rows, one for each of its partitions. */
const FOREIGN_KEYS = `(select coalesce(json_agg(json_build_object('name', k.conname, 'columns', ${columnNames('k.conkey', 'c.oid')},
      'target', k.confrelid::text, 'targetName', (select ${qualified('tn.nspname', 't.relname')} from pg_class t join pg_namespace tn on tn.oid = t.relnamespace where t.oid = k.confrelid),
      'targetColumns', ${columnNames('k.confkey', 'k.confrelid')}) order by k.oid), '[]')
    from pg_constraint k where k.conrelid = c.oid and k.contype = 'f'
      and not exists (select 1 from pg_constraint whole where whole.oid = k.conparentid and whole.conrelid = c.oid))`;

const PARTIAL_UNIQUES = `(select coalesce(json_agg(${columnNames('i.indkey::int2[]', 'c.oid')} order by i.indexrelid), '[]')
    from pg_index i where i.indrelid = c.oid and i.indisunique and i.indisvalid and i.indexprs is null and i.indpred is not null and i.indnkeyatts = i.indnatts)`;

const UNIQUE_EXPRESSIONS = `(select coalesce(json_agg(json_build_object(
      'keys', (select json_agg(pg_get_indexdef(i.indexrelid, n, false) order by n) from generate_series(1, i.indnkeyatts) n),
      'predicate', pg_get_expr(i.indpred, i.indrelid)) order by i.indexrelid), '[]')
    from pg_index i where i.indrelid = c.oid and i.indisunique and i.indisvalid and (i.indexprs is not null or i.indpred is not null))`;

const EXCLUSIONS = `(select coalesce(json_agg(json_build_object('columns', ${columnNames('k.conkey', 'c.oid')},
      'operators', (select json_agg('OPERATOR(' || quote_ident(s.nspname) || '.' || o.oprname || ')' order by place.n) from unnest(k.conexclop) with ordinality place(operator, n)
        join pg_operator o on o.oid = place.operator join pg_namespace s on s.oid = o.oprnamespace)) order by k.oid), '[]')
    from pg_constraint k where k.conrelid = c.oid and k.contype = 'x' and 0 <> all(k.conkey))`;

const CONDITIONS = `(select coalesce(json_agg(condition), '[]') from (
      select json_build_object('name', k.conname, 'expression', pg_get_expr(k.conbin, k.conrelid)) as condition
        from pg_constraint k where k.conrelid = c.oid and k.contype = 'c'
      union all
      select json_build_object('name', null, 'expression', pg_get_partition_constraintdef(c.oid))
        where c.relispartition and pg_get_partition_constraintdef(c.oid) is not null
    ) conditions)`;

/**
 * The types of columns and those that they are made of: what domains, arrays, ranges and composite types are over
 * (pg_type.typtype; built-in ones that print names are `regclass` and its like).
 */
const REACHED = `(with recursive reached(oid) as (
      select a.atttypid from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped
        and (a.atttypid >= ${FIRST_USER_OID} or exists (select from pg_type own where own.oid = a.atttypid and own.typname ~ '^_?reg'))
      union select inner_type.oid from reached r join pg_type t on t.oid = r.oid cross join lateral (
        select t.typbasetype union all select t.typelem union all select g.rngsubtype from pg_range g where g.rngtypid = t.oid
        union all select g.rngsubtype from pg_range g where g.rngmultitypid = t.oid
        union all select m.atttypid from pg_attribute m where m.attrelid = t.typrelid and m.attnum > 0 and not m.attisdropped
      ) inner_type(oid) where inner_type.oid <> 0
    ) select string_agg(concat_ws(' ', t.oid, nullif(t.typrelid, 0)), ' ' order by t.oid) filter (where t.oid >= ${FIRST_USER_OID}) as hangs_on,
        coalesce(bool_or(t.typname ~ '^reg'), false) as prints_names
      from reached r join pg_type t on t.oid = r.oid)`;

const RELATIONS = `(select json_agg(json_build_object('schema', rn.nspname, 'name', r.relname) order by r.oid = c.oid desc)
    from pg_class r join pg_namespace rn on rn.oid = r.relnamespace where r.oid in (c.oid, pg_partition_root(c.oid)))`;

/** Ends in a condition, so that more can be added. */
export const TABLES = `${DOMAINS}
  select c.oid::text as oid, coalesce(pg_partition_root(c.oid), c.oid)::oid::text as root, ${qualified('n.nspname', 'c.relname')} as name, ${RELATIONS}::text as relations,
    concat_ws(' ', pg_relation_filenode(c.oid), pg_relation_filenode(nullif(c.reltoastrelid, 0))) as files, c.relpersistence = 'p' as logged, reached.hangs_on, reached.prints_names, ${COLUMNS}::text as columns, ${UNIQUES}::text as uniques,
    ${PARTIAL_UNIQUES}::text as partial_uniques, ${UNIQUE_EXPRESSIONS}::text as unique_expressions, ${EXCLUSIONS}::text as exclusions, ${FOREIGN_KEYS}::text as foreign_keys, ${CONDITIONS}::text as conditions
  from pg_class c join pg_namespace n on n.oid = c.relnamespace cross join lateral ${REACHED} reached
  where c.relkind = 'r' and ${userObject('c', 'pg_class', 'n')}`;
