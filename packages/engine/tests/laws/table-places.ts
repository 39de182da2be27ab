import type { Session } from '../../src/postgres/session.ts';

/** Where the tables of a database stand, whatever they and their columns are called: by the OID of the table. */
export type TablePlaces = ReadonlyMap<string, TablePlace>;

export interface TablePlace {
  /** Quoted and qualified. */
  readonly name: string;
  readonly isPartition: boolean;
  /** By their numbers. */
  readonly columns: ReadonlyMap<number, PlacedColumn>;
}

export interface PlacedColumn {
  /** Quoted. */
  readonly name: string;
  /** As PostgreSQL prints it. */
  readonly type: string;
  /** Whether the type is one of PostgreSQL's own, which prints a value the same way before and after a migration. */
  readonly isBuiltIn: boolean;
  readonly isGenerated: boolean;
}

const QUERY = `select json_agg(json_build_object('oid', c.oid::text, 'name', quote_ident(n.nspname) || '.' || quote_ident(c.relname),
    'isPartition', c.relispartition, 'columns', (select json_agg(json_build_object('number', a.attnum, 'name', quote_ident(a.attname), 'type', format_type(a.atttypid, a.atttypmod), 'isBuiltIn', a.atttypid < 16384, 'isGenerated', a.attgenerated <> ''))
      from pg_attribute a where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped)))::text as tables
  from pg_class c join pg_namespace n on n.oid = c.relnamespace
  where c.relkind = 'r' and c.oid >= 16384 and n.nspname in ('public', 'app')`;

interface Told {
  readonly oid: string;
  readonly name: string;
  readonly isPartition: boolean;
  readonly columns: readonly (PlacedColumn & { readonly number: number })[] | null;
}

/** @throws ServerError when the connection breaks */
export async function readTablePlaces(session: Session): Promise<TablePlaces> {
  const [row] = await session.query(QUERY);
  const told = JSON.parse(String(row?.['tables'] ?? '[]')) as Told[];
  return new Map(
    told.map(({ oid, name, isPartition, columns }) => [
      oid,
      { name, isPartition, columns: new Map((columns ?? []).map((column) => [column.number, column])) },
    ]),
  );
}
