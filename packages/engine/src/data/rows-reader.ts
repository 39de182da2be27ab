import { type LogReading, WriteAheadLog } from '../catalog/partial/write-ahead-log.ts';
import { PRINTING_SETTINGS, readContext } from '../catalog/read-snapshot.ts';
import type { Row, Session } from '../postgres/session.ts';

import { TablesOfCopies } from './known-tables.ts';
import {
  EXECUTE_SEQUENCES,
  PREPARE_SEQUENCES,
  positionsOf,
  type SequencePositions,
  type Uncalled,
  unwrittenSequences,
} from './sequence-positions.ts';
import { contentsOf, emptyContent, rowCountOf, sameContent, type TableContent } from './table-content.ts';
import { EXECUTE_WRITTEN_ROWS, writtenBlock } from './table-owners.ts';
import type { TableShape } from './table-shape.ts';
import { TablesReader } from './tables-reader.ts';

/** What a database holds at one moment. */
export interface RowsState {
  readonly tables: readonly TableShape[];
  /** By the table's OID. What holds what it held at the reading before is the same object. */
  readonly contents: ReadonlyMap<string, TableContent>;
  readonly sequences: SequencePositions;
}

/** Tables as they are now, and what `EXECUTE_SEQUENCES` answered. */
interface Described {
  readonly tables: readonly TableShape[];
  /** `null`: no catalog was written. */
  readonly retold: ReadonlySet<string> | null;
  readonly positions: readonly Row[];
}

/** Asked in the round trip in which the write-ahead log is read. */
const BESIDES = [EXECUTE_WRITTEN_ROWS, EXECUTE_SEQUENCES];

/** How many rows each table holds, by OID. */
export function rowCounts({ contents }: RowsState): ReadonlyMap<string, number> {
  return new Map([...contents].map(([oid, content]) => [oid, rowCountOf(content)]));
}

/**
 * Reads the rows of one database again and again, on a session that nothing else uses or resets. Where the write-ahead
 * log can be read, only tables that were written since the last time are read again; elsewhere all of them.
 */
export class RowsReader {
  readonly #session: Session;
  readonly #log: WriteAheadLog | null;
  readonly #tables: TablesReader;
  #last: RowsState | null = null;
  #uncalled: Uncalled = new Map();

  private constructor(session: Session, tables: TablesReader, log: WriteAheadLog | null) {
    this.#session = session;
    this.#tables = tables;
    this.#log = log;
  }

  /**
   * @param session becomes the reader's own
   * @param copies what is known of other copies of the same database
   */
  static async on(session: Session, copies = new TablesOfCopies()): Promise<RowsReader> {
    const log = await WriteAheadLog.of(session, await readContext(session), BESIDES);
    const tables = await TablesReader.on(session, copies);
    const settings = PRINTING_SETTINGS.map((setting) => `set ${setting}`);
    await session.batch([...settings, PREPARE_SEQUENCES].join(';'));
    return new RowsReader(session, tables, log);
  }

  /**
   * What the database holds now.
   * @throws ServerError when the server refuses, such as for a role that does not see every row
   */
  async read(): Promise<RowsState> {
    const last = this.#last;
    const reading: LogReading = (await this.#log?.read()) ?? { kind: 'unknown' };
    const known = last !== null && reading.kind === 'known';
    this.#uncalled = known ? unwrittenSequences(this.#uncalled, reading.sequences) : new Map();
    const { tables, retold, positions } = known
      ? await this.#update(last.tables, reading)
      : await this.#describeAll();
    const sequences = await this.#positions(positions);
    const isSame = known ? unwritten(last, { files: new Set(reading.files), retold }) : () => false;
    const written = tables.filter((table) => !isSame(table));
    const read = known ? await contentsOf(this.#session, written) : await this.#readAll(written);
    const anew = new Map(read.map((content) => [content.oid, content]));
    const contents = tables.flatMap(({ oid }) => {
      const [is, was] = [anew.get(oid), last?.contents.get(oid)];
      const content = is === undefined || sameContent(is, was) ? was : is;
      return content === undefined ? [] : [[oid, content] as const];
    });
    this.#last = { tables, contents: new Map(contents), sequences };
    return this.#last;
  }

  /** Most tables have no file yet, which is seen at once for all of them. */
  async #readAll(tables: readonly TableShape[]): Promise<TableContent[]> {
    const oids = tables.map(({ oid }) => oid).join(',');
    const rows = await this.#session.query(
      `select oid::text as oid from unnest('{${oids}}'::oid[]) oid where pg_relation_size(oid::regclass) > 0`,
    );
    const holding = new Set(rows.map((row) => String(row['oid'])));
    const [some, none] = [true, false].map((is) => tables.filter(({ oid }) => holding.has(oid) === is));
    return [...(none ?? []).map(emptyContent), ...(await contentsOf(this.#session, some ?? []))];
  }

  async #describeAll(): Promise<Described> {
    const { answer, ...reading } = await this.#tables.readAll(EXECUTE_SEQUENCES);
    return { ...reading, positions: answer };
  }

  /** `nextval` writes to the log only now and then, so that sequences are asked each time. */
  async #update(
    tables: readonly TableShape[],
    { blocks, besides: [written = [], positions = []] }: Extract<LogReading, { kind: 'known' }>,
  ): Promise<Described> {
    if (blocks.size === 0) return { tables, retold: null, positions };
    return { ...(await this.#tables.update(written.map(writtenBlock))), positions };
  }

  async #positions(rows: readonly Row[]): Promise<SequencePositions> {
    const { sequences, uncalled } = await positionsOf(this.#session, rows, this.#uncalled);
    this.#uncalled = uncalled;
    return sequences;
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}

/**
 * A table has what it had when it is described as it was, none of its files was written, and its values are printed as they
 * were.
 * @param retold OIDs of tables whose values may be printed otherwise; `null`: no catalog was written
 */
function unwritten(
  last: RowsState,
  { files, retold }: { files: ReadonlySet<string>; retold: ReadonlySet<string> | null },
): (table: TableShape) => boolean {
  const shapes = new Set(last.tables);
  return (table) => {
    if (!shapes.has(table) || !table.logged || table.files.some((file) => files.has(file))) return false;
    return retold === null || !(table.printsNames || retold.has(table.oid));
  };
}
