import { type LogReading, WriteAheadLog } from '../catalog/partial/write-ahead-log.ts';
import { readContext } from '../catalog/read-snapshot.ts';
import type { Session } from '../postgres/session.ts';
import { readTables } from './read-tables.ts';
import { readSequences, type SequencePositions } from './sequence-positions.ts';
import { readContents, type TableContent } from './table-content.ts';
import type { TableShape } from './table-shape.ts';

/** What a database holds at one moment. */
export interface RowsState {
  readonly tables: readonly TableShape[];
  /** By the table's OID. A table that nothing was written to since the reading before has the same content object. */
  readonly contents: ReadonlyMap<string, TableContent>;
  readonly sequences: SequencePositions;
}

/**
 * Reads the rows of one database again and again, on a session that nothing else uses or resets. Where the write-ahead
 * log can be read, only tables that were written since the last time are read again; elsewhere all of them.
 */
export class RowsReader {
  readonly #session: Session;
  readonly #log: WriteAheadLog | null;
  #last: RowsState | null = null;

  private constructor(session: Session, log: WriteAheadLog | null) {
    this.#session = session;
    this.#log = log;
  }

  /** @param session becomes the reader's own */
  static async on(session: Session): Promise<RowsReader> {
    return new RowsReader(session, await WriteAheadLog.of(session, await readContext(session)));
  }

  /**
   * What the database holds now.
   * @throws ServerError when the server refuses, such as for a role that does not see every row
   */
  async read(): Promise<RowsState> {
    const last = this.#last;
    const reading: LogReading = (await this.#log?.read()) ?? { kind: 'unknown' };
    const known = last !== null && reading.kind === 'known';
    const sameShapes = known && reading.blocks.size === 0;
    const tables = sameShapes ? last.tables : await readTables(this.#session);
    const isSame = known ? unwritten(last, new Set(reading.files)) : () => false;
    const written = tables.filter((table) => !isSame(table));
    const read = await readContents(this.#session, written);
    const anew = new Map(read.map((content) => [content.oid, content]));
    const contents = tables.flatMap(({ oid }) => {
      const content = anew.get(oid) ?? last?.contents.get(oid);
      return content === undefined ? [] : [[oid, content] as const];
    });
    // `nextval` writes to the log only now and then.
    const sequences = await readSequences(this.#session);
    this.#last = { tables, contents: new Map(contents), sequences };
    return this.#last;
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}

/** A table has what it had when it is described as it was and none of its files was written. */
function unwritten(last: RowsState, files: ReadonlySet<string>): (table: TableShape) => boolean {
  const shapes = new Map(last.tables.map((table) => [table.oid, table]));
  return (table) => {
    const was = shapes.get(table.oid);
    if (was === undefined || table.files.some((file) => files.has(file))) return false;
    return was === table || JSON.stringify(was) === JSON.stringify(table);
  };
}
