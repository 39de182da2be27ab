import { FIRST_USER_OID } from '../catalog/fragments.ts';
import { placedRows } from '../catalog/partial/catalog-rows.ts';
import type { WrittenBlock } from '../catalog/partial/row-mirror.ts';
import { WRITTEN_BLOCKS } from '../catalog/partial/write-ahead-log.ts';
import type { Row } from '../postgres/session.ts';

/** Owner of rows that may change how any table is described. */
export const ANY_TABLE = '*';

/**
 * By catalog, SQL for what one row, alias `r`, tells about: the OID of a table, of a type or of the relation that a
 * composite type is. These catalogs hold all that tables are described from.
 */
const OWNERS: Readonly<Record<string, string>> = {
  pg_class: `case when r.oid < ${FIRST_USER_OID} then '' when r.relkind in ('r', 'p') then r.oid::text when r.relkind = 't' then substr(r.relname::text, 10) else '' end`,
  pg_attribute: `case when r.attrelid < ${FIRST_USER_OID} then '' else r.attrelid::text end`,
  pg_attrdef: `r.adrelid::text`,
  pg_constraint: `case when r.conrelid <> 0 then r.conrelid::text when r.contypid >= ${FIRST_USER_OID} then r.contypid::text else '' end`,
  pg_index: `case when r.indrelid < ${FIRST_USER_OID} then '' else r.indrelid::text end`,
  pg_enum: `r.enumtypid::text`,
  pg_type: `case when r.oid < ${FIRST_USER_OID} then '' else r.oid::text end`,
  // With a table that is partitioned itself, all of its partitions come to another root.
  pg_inherits: `coalesce((select '${ANY_TABLE}' from pg_class c where c.oid = r.inhrelid and c.relkind = 'p'), r.inhrelid::text)`,
  pg_namespace: `case when r.nspname ~ '^pg_(toast_)?temp_' then '' else '${ANY_TABLE}' end`,
  // Tables of extensions are not the user's.
  pg_depend: `case when r.deptype = 'e' and r.classid = 'pg_class'::regclass then r.objid::text else '' end`,
};

/** The catalogs that tell of tables. */
export const CATALOGS_OF_TABLES: readonly string[] = Object.keys(OWNERS);

/** Plans the queries for the rows of each of these catalogs between two places, as {@link placedRows} has them. */
export const PREPARE_ROWS: readonly string[] = Object.entries(OWNERS).map(
  ([catalog, owners]) =>
    `prepare rows_${catalog}(tid, tid) as ${placedRows(catalog, owners, { from: '$1', to: '$2' })}`,
);

/** Asks for all rows of a catalog. */
export function executeRows(catalog: string): string {
  return `execute rows_${catalog}('(0,0)', '(${LAST_BLOCK},0)')`;
}

const LAST_BLOCK = 4_294_967_294;

/** Plans the query for the rows of the blocks of these catalogs that the write-ahead log has just told of. */
export const PREPARE_WRITTEN_ROWS = `prepare read_written_rows as
  select w.catalog, w.block::text as block, case w.catalog ${Object.entries(OWNERS)
    .map(
      ([catalog, owners]) =>
        `when '${catalog}' then (${placedRows(catalog, owners, { from: 'w.first', to: 'w.next' })})`,
    )
    .join(' ')} end as lines
  from (select c.name as catalog, i.block, format('(%s,0)', i.block)::tid as first, format('(%s,0)', i.block + 1)::tid as next
    from (select split_part(item, '/', 1) as file, split_part(item, '/', 2)::bigint as block
      from unnest(string_to_array(current_setting('${WRITTEN_BLOCKS}', true), ',')) item) i
    join (values ${CATALOGS_OF_TABLES.map((name) => `('${name}', pg_relation_filenode('${name}')::text)`).join(', ')}) c(name, file) on c.file = i.file
    offset 0) w`;
export const EXECUTE_WRITTEN_ROWS = 'execute read_written_rows';

/** What `EXECUTE_WRITTEN_ROWS` answered. */
export function writtenBlock(row: Row): WrittenBlock {
  return { catalog: String(row['catalog']), block: Number(row['block']), lines: String(row['lines'] ?? '') };
}
