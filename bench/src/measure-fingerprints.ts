import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { surroundingsOf } from '@pivotal-flow/engine';
import { readTables } from '../../packages/engine/src/data/read-tables.ts';
import { readContents } from '../../packages/engine/src/data/table-content.ts';
import type { TableShape } from '../../packages/engine/src/data/table-shape.ts';
import { openServer } from '../../packages/engine/src/postgres/open-server.ts';
import type { Session } from '../../packages/engine/src/postgres/session.ts';
import { FINGERPRINT_TABLE, fingerprintTable } from './fingerprint-table.ts';
import { majorsForPgDump } from './pg-dump-majors.ts';
import type { FingerprintResult } from './result.ts';
import { inRounds, type Round, timed, whichRound } from './rounds.ts';

const run = promisify(execFile);

const FINGERPRINT = 'fingerprint';
const COUNT = 'SELECT count(*)';
const DUMP = 'pg_dump --data-only';

const CONTENDERS: readonly { readonly name: string; readonly what: string }[] = [
  {
    name: FINGERPRINT,
    what: "sums of every column's values, each bound to its row's key, as verify reads them",
  },
  { name: COUNT, what: 'the number of rows and nothing of what is in them' },
  { name: DUMP, what: 'its binary, the rows as text to /dev/null' },
];

/** What is measured, and how often. */
interface Measurement {
  /** How many rows the table has. */
  readonly rows: number;
  /** Rounds that count; one before them does not. */
  readonly runs: number;
  /** Receives progress. */
  readonly tell: (message: string) => void;
}

/**
 * Times reading all rows of one table, with all contenders in every round: on the usual server, and where the pg_dump of
 * this machine is older than that and refuses it, on a server of pg_dump's own major as well.
 * @returns one result for each server; a contender that fails is in it with its reason
 * @throws Error when the table cannot be made
 */
export async function measureFingerprints(measurement: Measurement): Promise<FingerprintResult[]> {
  const results: FingerprintResult[] = [];
  for (const major of await majorsForPgDump()) results.push(await measureOn(major, measurement));
  return results;
}

async function measureOn(
  major: number | null,
  { rows, runs, tell }: Measurement,
): Promise<FingerprintResult> {
  const server = await openServer({ kind: 'embedded', major }, surroundingsOf(process, tell));
  try {
    const database = await server.createDatabase();
    const session = await server.connect(database);
    tell(`a table of ${rows} rows on PostgreSQL ${server.version}`);
    for (const text of fingerprintTable(rows)) await session.execute(text);
    const [size] = await session.query(`SELECT pg_table_size('${FINGERPRINT_TABLE}') / 2 ^ 20 AS megabytes`);
    const tables = await readTables(session);
    const contenders = await inRounds(runs, CONTENDERS, (round) => {
      tell(`${rows} rows on PostgreSQL ${server.version}, ${whichRound(round, runs)}`);
      return measureRound({ session, tables, rows, url: server.databaseUrl(database) });
    });
    await session.close();
    return {
      rows,
      columns: tables[0]?.columns.length ?? 0,
      megabytes: Math.round(Number(size?.['megabytes'])),
      postgres: server.version,
      contenders,
    };
  } finally {
    await server.close();
  }
}

interface Filled {
  readonly session: Session;
  readonly tables: readonly TableShape[];
  readonly rows: number;
  readonly url: string;
}

async function measureRound({ session, tables, rows, url }: Filled): Promise<Round> {
  const dump = ['--data-only', '--table', FINGERPRINT_TABLE, '--file', '/dev/null', '--dbname', url];
  return new Map([
    [FINGERPRINT, await timed(() => readFingerprint(session, tables, rows))],
    [COUNT, await timed(() => session.query(`SELECT count(*) FROM ${FINGERPRINT_TABLE}`))],
    [DUMP, await timed(() => run('pg_dump', dump))],
  ]);
}

async function readFingerprint(session: Session, tables: readonly TableShape[], rows: number): Promise<void> {
  const [content] = await readContents(session, tables);
  if (content?.kind !== 'sums' || content.rowCount !== String(rows)) {
    throw new Error(`it did not read ${rows} rows as sums`);
  }
}
