import { type LogReading, WriteAheadLog } from '../catalog/partial/write-ahead-log.ts';
import { PRINTING_SETTINGS, readContext } from '../catalog/read-snapshot.ts';
import type { Session } from '../postgres/session.ts';

import {
  EXECUTE_SEQUENCES,
  PREPARE_SEQUENCES,
  positionsOf,
  type SequencePositions,
} from './sequence-positions.ts';
import { contentsOf, rowCountOf, type TableContent } from './table-content.ts';
import type { TableShape } from './table-shape.ts';
import { TablesReader } from './tables-reader.ts';

/** What a database holds at one moment. */
export interface RowsState {
  readonly tables: readonly TableShape[];
  /** By the table's OID. A table that nothing was written to since the reading before has the same content object. */
  readonly contents: ReadonlyMap<string, TableContent>;
  readonly sequences: SequencePositions;
}

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

  private constructor(session: Session, tables: TablesReader, log: WriteAheadLog | null) {
    this.#session = session;
    this.#tables = tables;
    this.#log = log;
  }

  /** @param session becomes the reader's own */
  static async on(session: Session): Promise<RowsReader> {
    const log = await WriteAheadLog.of(session, await readContext(session));
    const tables = await TablesReader.on(session);
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
    const sameShapes = known && reading.blocks.size === 0;
    const { tables, sequences } = sameShapes
      ? { tables: last.tables, sequences: await this.#sequences(last.sequences) }
      : await this.#describe();
    const files = known ? new Set(reading.files) : null;
    const isSame = last === null || files === null ? () => false : unwritten(last, { files, sameShapes });
    const written = tables.filter((table) => !isSame(table));
    const read = await contentsOf(this.#session, written);
    const anew = new Map(read.map((content) => [content.oid, content]));
    const contents = tables.flatMap(({ oid }) => {
      const content = anew.get(oid) ?? last?.contents.get(oid);
      return content === undefined ? [] : [[oid, content] as const];
    });
    this.#last = { tables, contents: new Map(contents), sequences };
    return this.#last;
  }

  async #describe(): Promise<Pick<RowsState, 'tables' | 'sequences'>> {
    const { tables, answer } = await this.#tables.read(EXECUTE_SEQUENCES);
    return { tables, sequences: await positionsOf(this.#session, answer) };
  }

  /** Where none came about there are none still; others are asked, since `nextval` writes to the log only now and then. */
  async #sequences(last: SequencePositions): Promise<SequencePositions> {
    if (last.size === 0) return last;
    return positionsOf(this.#session, await this.#session.query(EXECUTE_SEQUENCES));
  }

  close(): Promise<void> {
    return this.#session.close();
  }
}

/** A table has what it had when it is described as it was and none of its files was written. */
function unwritten(
  last: RowsState,
  { files, sameShapes }: { files: ReadonlySet<string>; sameShapes: boolean },
): (table: TableShape) => boolean {
  const shapes = new Map(last.tables.map((table) => [table.oid, table]));
  return (table) => {
    const was = shapes.get(table.oid);
    if (table.printedByCatalogs && !sameShapes) return false;
    if (was === undefined || !table.logged || table.files.some((file) => files.has(file))) return false;
    return was === table || JSON.stringify(was) === JSON.stringify(table);
  };
}
