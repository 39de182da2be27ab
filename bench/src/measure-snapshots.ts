import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { surroundingsOf } from '@pivotal-flow/engine';
import { extract } from '@supabase/pg-delta/extract';
import pg from 'pg';
import { CatalogReader } from '../../packages/engine/src/catalog/catalog-reader.ts';
import { openServer } from '../../packages/engine/src/postgres/open-server.ts';
import type { EphemeralDatabase, Server } from '../../packages/engine/src/postgres/server.ts';
import { majorsForPgDump } from './pg-dump-majors.ts';
import type { SnapshotResult } from './result.ts';
import { inRounds, type Round, timed, whichRound } from './rounds.ts';
import { snapshotSchema } from './snapshot-schema.ts';

const run = promisify(execFile);

const FULL = 'snapshot, full';
const CHANGED = 'snapshot, after a change';

const CONTENDERS: readonly { readonly name: string; readonly what: string }[] = [
  { name: FULL, what: 'the whole catalog on a session that has read nothing yet' },
  { name: CHANGED, what: 'brought up to date after one added column' },
  { name: 'pg_dump -s', what: 'its binary, the schema as a script' },
  { name: 'pg-delta', what: 'its extraction of the catalog, in this process' },
];

/** What is measured, and how often. */
interface Measurement {
  /** How many tables the schema has. */
  readonly tables: number;
  /** Rounds that count; one before them does not. */
  readonly runs: number;
  /** Receives progress. */
  readonly tell: (message: string) => void;
}

/**
 * Times reading the schema of one database, with all contenders in every round: on the usual server, and where the
 * pg_dump of this machine is older than that and refuses it, on a server of pg_dump's own major as well.
 * @returns one result for each server; a contender that fails is in it with its reason
 * @throws Error when the schema cannot be made
 */
export async function measureSnapshots(measurement: Measurement): Promise<SnapshotResult[]> {
  const results: SnapshotResult[] = [];
  for (const major of await majorsForPgDump()) results.push(await measureOn(major, measurement));
  return results;
}

async function measureOn(major: number | null, { tables, runs, tell }: Measurement): Promise<SnapshotResult> {
  const server = await openServer({ kind: 'embedded', major }, surroundingsOf(process, tell));
  try {
    const database = await server.createDatabase();
    const session = await server.connect(database);
    for (const text of snapshotSchema(tables)) await session.execute(text);
    await session.close();
    const contenders = await inRounds(runs, CONTENDERS, (round) => {
      tell(`${tables} tables on PostgreSQL ${server.version}, ${whichRound(round, runs)}`);
      return measureRound(server, database, round);
    });
    return { tables, postgres: server.version, contenders };
  } finally {
    await server.close();
  }
}

async function measureRound(server: Server, database: EphemeralDatabase, round: number): Promise<Round> {
  const url = server.databaseUrl(database);
  return new Map<string, number | Error>([
    ...(await readTwice(server, database, round)),
    ['pg_dump -s', await timed(() => run('pg_dump', ['-s', '-d', url], { maxBuffer: 2 ** 28 }))],
    ['pg-delta', await extractOnce(url)],
  ]);
}

async function readTwice(
  server: Server,
  database: EphemeralDatabase,
  round: number,
): Promise<[string, number | Error][]> {
  const [reading, changing] = [await server.connect(database), await server.connect(database)];
  try {
    const reader = await CatalogReader.on(reading);
    const full = await timed(() => reader.read());
    await changing.execute(`ALTER TABLE record_${round + 1} ADD COLUMN added_${round} integer`);
    const changed = await timed(() => reader.read());
    const ranPartially = reader.lastReading === 'partial';
    return [
      [FULL, full],
      [
        CHANGED,
        ranPartially ? changed : new Error('read in full again, as the write-ahead log cannot be read here'),
      ],
    ];
  } finally {
    await reading.close();
    await changing.close();
  }
}

async function extractOnce(url: string): Promise<number | Error> {
  const pool = new pg.Pool({ connectionString: url, max: 1 });
  try {
    await pool.query('SELECT 1');
    return await timed(() => extract(pool));
  } finally {
    await pool.end();
  }
}
