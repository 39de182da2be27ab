import type { EnumLabel } from '../catalog/dependencies.ts';
import { namesColumn } from './names-column.ts';

/** A column, as far as values for it are concerned. */
export interface ColumnShape {
  readonly name: string;
  /** `pg_attribute.attnum`: stays the same when the column is renamed or gets another type. */
  readonly number: number;
  /** As `format_type` prints it, with its modifier: `numeric(12,2)`. */
  readonly type: string;
  /** A further type that values have to fit, such as the one that a migration gives the column; `null` for none. */
  readonly alsoType: string | null;
  /** Texts that are tried before those that the type suggests. */
  readonly proposed: readonly string[];
  /** The type that is stored: a domain's base type with the modifier, otherwise `type`. */
  readonly baseType: string;
  /** `pg_type.typcategory` of the base type (PostgreSQL manual 53.64, table "typcategory Codes"). */
  readonly category: string;
  /** The stored type of an array's elements; `null` for what is no array. */
  readonly elementType: string | null;
  readonly notNull: boolean;
  /** `stored` and `virtual` are computed by the server; `always` and `default` are identity columns. */
  readonly filled: 'by-writer' | 'computed' | 'identity-always' | 'identity-default';
  /** SQL of the default; `null` where there is none. */
  readonly default: string | null;
  /** Labels of an enum, in their order; empty for every other type. */
  readonly labels: readonly EnumLabel[];
  /** Conditions of the domain, with `VALUE` for the value; empty for what is no domain. */
  readonly domainConditions: readonly string[];
}

/** A foreign key; columns by name, in the same order on both sides. */
export interface ForeignKeyShape {
  readonly name: string;
  readonly columns: readonly string[];
  /** OID of the table that is referred to, which may be partitioned. */
  readonly target: string;
  /** Its name, as `TableShape.name`. */
  readonly targetName: string;
  readonly targetColumns: readonly string[];
}

/** An exclusion constraint over columns alone. */
export interface ExclusionShape {
  readonly columns: readonly string[];
  /** For each column, the operator that must not hold for all of them: `OPERATOR(pg_catalog.&&)`. */
  readonly operators: readonly string[];
}

/** What may not repeat, where that is not just columns. */
export interface UniqueExpression {
  /** SQL of each key, over the table's columns. */
  readonly keys: readonly string[];
  /** Of which rows; `null`: of all. */
  readonly predicate: string | null;
}

/** A condition that each row has to meet: a CHECK, or what a partition accepts. */
export interface ConditionShape {
  /** Its name; `null` for a partition's bound. */
  readonly name: string | null;
  /** SQL over the table's columns. */
  readonly expression: string;
}

/** Names as the catalogs hold them. */
export interface RelationName {
  readonly schema: string;
  readonly name: string;
}

/** A table that holds rows itself: an ordinary one or the lowest of its partitions. */
export interface TableShape {
  readonly oid: string;
  /** OID of the partitioned table at the top, for a partition; otherwise `oid`. */
  readonly root: string;
  /** Qualified, and quoted where it has to be. */
  readonly name: string;
  /** What a statement may call it, unquoted; for a partition also the partitioned table at the top. */
  readonly relations: readonly RelationName[];
  /** The files that hold its rows, its TOAST table's among them, by `pg_relation_filenode`. */
  readonly files: readonly string[];
  /** Whether the write-ahead log tells what is written to it: not so for an unlogged table. */
  readonly logged: boolean;
  /**
   * OIDs of the user's types that its columns have, through domains, arrays, ranges and composite types, and of the
   * relations that composite types are. When one of them was written, the table may be described otherwise, and its values
   * printed otherwise, though nothing was written to the table: labels of an enum, attributes of a composite type.
   */
  readonly hangsOn: readonly string[];
  /** Whether values are names of what they point to (`regclass` and its like), which any catalog may change. */
  readonly printsNames: boolean;
  /** In the order in which they stand. */
  readonly columns: readonly ColumnShape[];
  /** What tells rows apart: the primary key, else a unique key over columns that are not null; `null` when there is none. */
  readonly key: readonly string[] | null;
  /** Every set of columns that may not repeat, the key among them. */
  readonly uniques: readonly (readonly string[])[];
  /** Sets of columns that may not repeat in some of the rows: those of partial indexes. */
  readonly partialUniques: readonly (readonly string[])[];
  /** Further sets that rows are not to repeat, such as a migration's new keys; NULL repeats nothing. */
  readonly alsoUniques: readonly (readonly string[])[];
  /** Unique indexes over expressions, or over some of the rows. */
  readonly uniqueExpressions: readonly UniqueExpression[];
  readonly exclusions: readonly ExclusionShape[];
  readonly foreignKeys: readonly ForeignKeyShape[];
  readonly conditions: readonly ConditionShape[];
}

/** Whether a statement that names these relations, without their schemas, may mean the table. */
export function isNamedIn({ relations }: TableShape, named: ReadonlySet<string>): boolean {
  return relations.some(({ name }) => named.has(name));
}

/** Whether a column takes part in something that may not repeat. */
export function mayNotRepeat(table: TableShape, name: string): boolean {
  const { uniques, partialUniques, alsoUniques, exclusions, uniqueExpressions } = table;
  const sets = [...uniques, ...partialUniques, ...alsoUniques, ...exclusions.map(({ columns }) => columns)];
  return (
    sets.some((columns) => columns.includes(name)) ||
    uniqueExpressions.some(({ keys }) => keys.some((key) => namesColumn(key, name)))
  );
}
