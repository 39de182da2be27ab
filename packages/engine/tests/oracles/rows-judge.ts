import pg from 'pg';
import type { Row } from '../../src/postgres/session.ts';

/** What all tables of one database hold at one moment, and where its sequences stand. */
export interface RowsText {
  /** Table → its columns in the order of their names, and its rows as COPY prints them, in the order of their bytes. */
  readonly tables: ReadonlyMap<string, TableRows>;
  /** Sequence → the value that it gives next, and whether it counts downwards. */
  readonly sequences: ReadonlyMap<string, SequencePosition>;
}

export interface TableRows {
  readonly columns: readonly string[];
  readonly rows: readonly string[];
}

export interface SequencePosition {
  readonly next: bigint;
  readonly descends: boolean;
}

/** A database's rows, read again and again over a connection of its own. */
export interface RowsJudge {
  /**
   * Every value of every table as `COPY … TO` prints it, which is exact where PostgreSQL's equality is not.
   * @throws the driver's error when the server refuses
   */
  judge(): Promise<RowsText>;
  /** Sends statements over the same connection, and gives the rows of each. @throws the driver's error when the server refuses */
  ask(sql: string): Promise<readonly (readonly Row[])[]>;
  close(): Promise<void>;
}

/** Printed values depend on these settings (manual 19.11.2, "Locale and Formatting"). */
const PINNED = [
  ...["datestyle = 'ISO, YMD'", 'intervalstyle = postgres', "timezone = 'UTC'", 'extra_float_digits = 3'],
  ...[
    'bytea_output = hex',
    "lc_monetary = 'C'",
    'row_security = off',
    'search_path = pg_catalog',
    'jit = off',
  ],
].map((setting) => `set ${setting}`);

/** Tables of the user's own with their columns; a partitioned table has no rows of its own, a foreign one none here. */
const HOLDERS = `select c.relkind::text as kind, quote_ident(n.nspname) || '.' || quote_ident(c.relname) as name,
    array_to_string(array(select quote_ident(a.attname) from pg_attribute a
      where a.attrelid = c.oid and a.attnum > 0 and not a.attisdropped order by a.attname collate "C"), ',') as columns,
    coalesce(s.seqincrement::text, '') as increment
  from pg_class c join pg_namespace n on n.oid = c.relnamespace left join pg_sequence s on s.seqrelid = c.oid
  where c.relkind in ('r', 'S') and c.oid >= 16384 and n.nspname !~ '^pg_(toast|temp)' order by 2`;

interface Holder {
  readonly kind: 'r' | 'S';
  readonly name: string;
  readonly columns: string;
  readonly increment: string;
}

/**
 * Opens the judge of rows: an ordered COPY of all rows. It shares nothing with the reading of rows that it judges. Works
 * on PostgreSQL 14 and newer, as a superuser.
 * @param url of the database, as `Server.databaseUrl` gives it
 * @throws the driver's error when the server cannot be reached
 */
export async function openRowsJudge(url: string): Promise<RowsJudge> {
  const client = new pg.Client({ connectionString: url });
  // An error of an idle connection would end the process: the database is dropped with force in the end.
  client.on('error', () => {});
  await client.connect();
  await client.query(PINNED.join(';'));
  return {
    judge: () => judgeRows(client),
    ask: async (sql) => {
      // The driver's types know of one statement only.
      const results = (await client.query(sql)) as unknown as pg.QueryResult<Row> | pg.QueryResult<Row>[];
      return [results].flat().map(({ rows }) => rows);
    },
    close: () => client.end(),
  };
}

async function judgeRows(client: pg.Client): Promise<RowsText> {
  const { rows: holders } = await client.query<Holder>(HOLDERS);
  const texts = await copyAll(client, holders.map(copyOf));
  const tables = new Map<string, TableRows>();
  const sequences = new Map<string, SequencePosition>();
  for (const [place, { kind, name, columns, increment }] of holders.entries()) {
    const lines = (texts[place] ?? '').split('\n').slice(0, -1);
    if (kind === 'r') tables.set(name, { columns: columns.split(','), rows: lines });
    else sequences.set(name, positionOf(lines[0] ?? '', BigInt(increment)));
  }
  return { tables, sequences };
}

function copyOf({ kind, name, columns }: Holder): string {
  if (kind === 'S') return `copy (select last_value, is_called from ${name}) to stdout`;
  return `copy (select ${columns} from only ${name} order by row(${columns})::text collate "C") to stdout`;
}

function positionOf(line: string, increment: bigint): SequencePosition {
  const [last = '0', isCalled] = line.split('\t');
  return { next: BigInt(last) + (isCalled === 't' ? increment : 0n), descends: increment < 0n };
}

/** Messages of a connection while a query with COPY runs; the driver itself drops what COPY sends. */
interface CopyMessage {
  readonly chunk: Buffer;
}

/**
 * Runs several COPY statements in one round trip and returns what each sent (manual 54.2.6, "COPY Operations").
 */
function copyAll(client: pg.Client, statements: readonly string[]): Promise<string[]> {
  if (statements.length === 0) return Promise.resolve([]);
  return new Promise((resolve, reject) => {
    const texts: string[] = [];
    let chunks: Buffer[] = [];
    let failure: Error | null = null;
    client.query({
      submit: (connection) => connection.query(statements.join(';')),
      // The driver reads the next message into the same buffer.
      handleCopyData: ({ chunk }: CopyMessage) => chunks.push(Buffer.from(chunk)),
      handleCommandComplete: () => {
        texts.push(Buffer.concat(chunks).toString('utf8'));
        chunks = [];
      },
      handleError: (error: Error) => {
        failure = error;
        reject(error);
      },
      handleReadyForQuery: () => {
        if (failure === null) resolve(texts);
      },
    } as pg.Submittable);
  });
}

/**
 * What differs, one sentence each. Rows have to be the same to the byte; a sequence may have moved on, but not back.
 * @returns empty when nothing is lost and nothing is there that was not
 */
export function compareRows(before: RowsText, after: RowsText): string[] {
  const names = new Set([...before.tables.keys(), ...after.tables.keys()]);
  const differences = [...names].flatMap((name) =>
    compareTable(name, before.tables.get(name), after.tables.get(name)),
  );
  return [...differences, ...setBack(before, after)];
}

function compareTable(name: string, was: TableRows | undefined, is: TableRows | undefined): string[] {
  if (was === undefined || is === undefined) return [`${was === undefined ? '+' : '-'} table ${name}`];
  if (was.columns.join() !== is.columns.join()) return [`~ ${name}: ${was.columns} → ${is.columns}`];
  const place = was.rows.findIndex((row, index) => row !== is.rows[index]);
  if (place === -1 && was.rows.length === is.rows.length) return [];
  const counts = was.rows.length === is.rows.length ? '' : ` ${was.rows.length} → ${is.rows.length} rows`;
  const at = place === -1 ? was.rows.length : place;
  return [`~ ${name}:${counts} «${was.rows[at] ?? ''}» → «${is.rows[at] ?? ''}»`];
}

function setBack(before: RowsText, after: RowsText): string[] {
  return [...before.sequences].flatMap(([name, was]) => {
    const is = after.sequences.get(name);
    if (is === undefined || is.descends !== was.descends) return [];
    const isBack = was.descends ? is.next > was.next : is.next < was.next;
    return isBack ? [`~ sequence ${name}: ${was.next} → ${is.next}`] : [];
  });
}
