import type { GeneratedMigration } from '../chain.ts';

/** Something that applies or proves a chain, and is timed doing so. */
export interface Contender {
  readonly name: string;
  /** In one line, what is done: for the table and the page. */
  readonly what: string;
  /**
   * Does all of its work once.
   * @param bench where to do it
   * @returns milliseconds of the work alone, without making or dropping the database
   * @throws Error when it did not do what it should
   */
  readonly run: (bench: Bench) => Promise<number>;
}

/** What a contender works with. */
export interface Bench {
  readonly chain: readonly GeneratedMigration[];
  /** Folders with the chain in each tool's own format. */
  readonly folders: ChainFolders;
  /** URL of an empty database on an embedded server. */
  readonly databaseUrl: string;
}

/** The chain as files. */
export interface ChainFolders {
  readonly paired: string;
  readonly drizzle: string;
  readonly dbmate: string;
  readonly nodePgMigrate: string;
}
