import type { TableShape } from './table-shape.ts';

/** Where the rows of the catalogs are that tell of tables, as text by catalog, and what tables are described by them. */
export interface KnownTables {
  readonly rows: ReadonlyMap<string, string>;
  readonly shapes: ReadonlyMap<string, TableShape>;
}

/**
 * What was read last of the tables of a database that was just copied. Copies of one database hold the rows of its catalogs at
 * the same places and of the same transactions (PostgreSQL manual, CREATE DATABASE), whose numbers no two databases of
 * a server share, so that the next copy is described by what is not the same in it. Not for another server.
 */
export class TablesOfCopies {
  last: KnownTables = { rows: new Map(), shapes: new Map() };
}
