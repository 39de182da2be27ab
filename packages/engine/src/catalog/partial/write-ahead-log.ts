import { ServerError } from '../../postgres/server-error.ts';
import type { Row, Session } from '../../postgres/session.ts';
import type { ReadContext } from '../kind-reader.ts';

/** What the write-ahead log says about one database since the last look. */
export type LogReading =
  | { readonly kind: 'unknown' }
  | {
      readonly kind: 'known';
      /** Blocks of catalogs that were written, by catalog. */
      readonly blocks: ReadonlyMap<string, readonly number[]>;
      /** Files of the user's in which rows were written, by `pg_relation_filenode`: of tables, TOAST tables, materialized views. */
      readonly files: readonly string[];
      /** Files of sequences that were written, by `pg_relation_filenode`. */
      readonly sequences: readonly string[];
      /** Answers to what was asked in the same round trip. */
      readonly besides: readonly (readonly Row[])[];
    };

/** The oldest major whose `pg_walinspect` tells blocks in columns. */
const OLDEST_MAJOR = 16;

/**
 * The setting in which a reading leaves the blocks of catalogs that were written, as `1259/7,1249/30`: what is asked behind it
 * sees whatever was committed by then.
 */
export const WRITTEN_BLOCKS = 'pivotal_flow.written_blocks';

/** Bytes of log beyond which reading the catalog as a whole is quicker. */
const MOST_BYTES = 8 * 1024 * 1024;

/**
 * Reads from the write-ahead log which blocks of the catalogs were written: everything that changes a catalog is
 * in it, by whatever means it came about (PostgreSQL manual, appendix F, `pg_walinspect`). The function is
 * declared in the session's own temporary schema, so that nothing is installed in the database.
 */
export class WriteAheadLog {
  readonly #session: Session;
  readonly #catalogs: ReadonlyMap<string, string>;
  readonly #besides: readonly string[];
  /** How the start found what the log does not tell of. */
  #beside: string;
  #from: string;
  /** Whether a prepared transaction was pending: what it wrote becomes visible without being written again. */
  #pending = false;

  private constructor(
    session: Session,
    {
      catalogs,
      besides,
      beside,
      from,
    }: { catalogs: ReadonlyMap<string, string>; besides: readonly string[]; beside: string; from: string },
  ) {
    this.#session = session;
    this.#catalogs = catalogs;
    this.#besides = besides;
    this.#beside = beside;
    this.#from = from;
  }

  /**
   * @param session on the database to be watched, as a superuser
   * @param besides queries that each reading asks in the same round trip; they find what was written in the setting
   * `WRITTEN_BLOCKS`
   * @returns `null` where the server has no `pg_walinspect` that can be used
   */
  static async of(
    session: Session,
    context: ReadContext,
    besides: readonly string[] = [],
  ): Promise<WriteAheadLog | null> {
    if (!canTellWhatWasWritten(context)) return null;
    try {
      await session.batch(DECLARATION);
      const catalogs = await catalogFiles(session);
      await session.query(prepared([...catalogs.keys()]));
      const from = await positionOf(session);
      const start = await new WriteAheadLog(session, { catalogs, besides: [], beside: '', from }).#look();
      return new WriteAheadLog(session, { catalogs, besides, beside: start.beside, from: start.until });
    } catch (error) {
      if (!(error instanceof ServerError) || error.sqlstate === null) throw error;
      return null;
    }
  }

  /** Names of all catalogs. */
  get catalogs(): string[] {
    return [...this.#catalogs.values()].filter((name) => name !== '');
  }

  /** What happened since the last call. */
  async read(): Promise<LogReading> {
    let look = await this.#lookOrNothing();
    if (look !== null && !look.flushed) {
      // Only what has been flushed can be read; a commit that waits for it takes everything before it along. What is not
      // flushed after that was written since, which is somebody else's.
      look = await this.#lookOrNothing(FLUSH);
    }
    if (look === null) return this.#startAgain();
    const sure = !look.tooMuch && !look.prepared && !this.#pending && look.beside === this.#beside;
    this.#from = look.until;
    this.#pending = look.prepared;
    this.#beside = look.beside;
    if (!sure) return { kind: 'unknown' };
    return {
      kind: 'known',
      blocks: this.#blocksOf(look.blocks),
      files: listed(look.files),
      sequences: listed(look.sequences),
      besides: look.besides,
    };
  }

  /**
   * The server refuses to read where there is only filling at the end of a page, and where a checkpoint has removed
   * what was written; then nothing is known.
   */
  async #lookOrNothing(before: readonly string[] = []): Promise<Look | null> {
    try {
      return await this.#look(before);
    } catch (error) {
      if (!(error instanceof ServerError) || error.sqlstate === null) throw error;
      return null;
    }
  }

  async #startAgain(): Promise<LogReading> {
    this.#from = await positionOf(this.#session);
    return { kind: 'unknown' };
  }

  #blocksOf(text: string): Map<string, number[]> {
    const blocks = new Map<string, number[]>();
    for (const item of text === '' ? [] : text.split(',')) {
      const [file = '', block] = item.split('/');
      const catalog = this.#catalogs.get(file);
      if (catalog === undefined || catalog === '') continue;
      blocks.set(catalog, [...(blocks.get(catalog) ?? []), Number(block)]);
    }
    return blocks;
  }

  async #look(before: readonly string[] = []): Promise<Look> {
    const asked = [...before, `execute read_log('${this.#from}')`, ...this.#besides];
    const results = await this.#session.batch(asked.join(';'));
    const [[row] = [], ...besides] = results.slice(before.length);
    return {
      besides,
      until: String(row?.['until']),
      flushed: row?.['flushed'] === true,
      tooMuch: row?.['too_much'] === true,
      prepared: row?.['prepared'] === true,
      blocks: String(row?.['blocks'] ?? ''),
      files: String(row?.['files'] ?? ''),
      sequences: String(row?.['sequences'] ?? ''),
      beside: String(row?.['beside']),
    };
  }
}

/** A transaction of its own, whose end is waited for before the log is read in the same round trip. */
const FLUSH = ['begin', `select pg_logical_emit_message(true, 'pivotal-flow', '')`, 'commit'];

interface Look {
  readonly until: string;
  readonly flushed: boolean;
  readonly tooMuch: boolean;
  readonly prepared: boolean;
  readonly blocks: string;
  readonly files: string;
  readonly sequences: string;
  /** What the log does not tell of: files of mapped catalogs, settings of ALTER SYSTEM, replication slots. */
  readonly beside: string;
  /** What was asked in the same round trip. */
  readonly besides: readonly (readonly Row[])[];
}

/** Whether a server and a role may do for reading the log; what is installed there is only seen on trying. */
export function canTellWhatWasWritten({ superuser, major }: ReadContext): boolean {
  return superuser && major >= OLDEST_MAJOR;
}

function listed(text: string): string[] {
  return text === '' ? [] : text.split(',');
}

async function positionOf(session: Session): Promise<string> {
  const [row] = await session.query('select pg_current_wal_flush_lsn()::text as position');
  return String(row?.['position']);
}

const DECLARATION = `
  set synchronous_commit = on;
  create function pg_temp.log_blocks(from_lsn pg_lsn, to_lsn pg_lsn, show_data boolean,
    out start_lsn pg_lsn, out end_lsn pg_lsn, out prev_lsn pg_lsn, out block_id int2, out reltablespace oid, out reldatabase oid,
    out relfilenode oid, out relforknumber int2, out relblocknumber int8, out xid xid, out resource_manager text, out record_type text,
    out record_length int4, out main_data_length int4, out block_data_length int4, out block_fpi_length int4, out block_fpi_info text[],
    out description text, out block_data bytea, out block_fpi_data bytea)
  returns setof record language c strict as '$libdir/pg_walinspect', 'pg_get_wal_block_info'`;

/** The files of all catalogs by name, and of their TOAST tables and of `information_schema` without one; a file of the user's has none of these numbers. */
async function catalogFiles(session: Session): Promise<Map<string, string>> {
  const rows =
    await session.query(`select pg_relation_filenode(oid)::text as file, case when relkind = 'r' and relnamespace = 'pg_catalog'::regnamespace then relname::text else '' end as name
    from pg_class where relkind in ('r', 't') and oid < 16384 and pg_relation_filenode(oid) is not null`);
  return new Map(rows.map((row) => [String(row['file']), String(row['name'])]));
}

/**
 * Catalogs whose file is named outside of the catalogs (the relation map) can be rewritten without a trace in a block,
 * so their files are compared. A prepared transaction shows its changes later, without writing blocks then.
 */
function prepared(files: readonly string[]): string {
  const known = `'{${files.join(',')}}'::oid[]`;
  return `prepare read_log(pg_lsn) as
    select reach.until::text as until, reach.until >= pg_current_wal_insert_lsn() as flushed,
      reach.until - $1 > ${MOST_BYTES} as too_much,
      exists (select 1 from pg_prepared_xacts where database = current_database()) as prepared,
      concat_ws(' ', pg_relation_filenode('pg_class'), pg_relation_filenode('pg_attribute'), pg_relation_filenode('pg_proc'), pg_relation_filenode('pg_type'),
        md5(pg_read_file('postgresql.auto.conf', 0, 1000000, true)), (select string_agg(slot, ' ' order by slot) from pg_ls_dir('pg_replslot') slot)) as beside,
      found.blocks, found.files, found.sequences, set_config('${WRITTEN_BLOCKS}', coalesce(found.blocks, ''), false)
    from (select until, until > $1 and until - $1 <= ${MOST_BYTES} as readable from (select pg_current_wal_flush_lsn() as until offset 0) now offset 0) reach
    -- A strict function of NULL is not called: there has to be a record to begin with.
    cross join lateral (
      select array_to_string(array_agg(distinct b.relfilenode::text || '/' || b.relblocknumber) filter (where b.relfilenode = any(${known})), ',') as blocks,
        array_to_string(array_agg(distinct b.relfilenode) filter (where b.resource_manager like 'Heap%' and b.relfilenode <> all(${known})), ',') as files,
        array_to_string(array_agg(distinct b.relfilenode) filter (where b.resource_manager = 'Sequence'), ',') as sequences
      from pg_temp.log_blocks(case when reach.readable then $1 end, reach.until, false) b
      where b.relforknumber = 0 and b.reldatabase in (0, (select oid from pg_database where datname = current_database()))
    ) found`;
}
