import { type Client, createClient } from '@pgkit/client';
import { run as migra } from '@pgkit/migra';
import { surroundingsOf } from '@pivotal-flow/engine';
import { extract } from '@supabase/pg-delta/extract';
import { plan } from '@supabase/pg-delta/plan';
import pg from 'pg';
import { readSnapshot } from '../../packages/engine/src/catalog/read-snapshot.ts';
import { compareSnapshots } from '../../packages/engine/src/diff/compare-snapshots.ts';
import type { Script } from '../../packages/engine/src/migrations/model.ts';
import { scriptOf } from '../../packages/engine/src/migrations/script.ts';
import { openServer } from '../../packages/engine/src/postgres/open-server.ts';
import type { EphemeralDatabase, Server } from '../../packages/engine/src/postgres/server.ts';
import { Chain } from '../../packages/engine/src/proof/chain.ts';
import { DraftWalk } from '../../packages/engine/src/proof/draft-walk.ts';
import { rollbackText } from '../../packages/engine/src/rollback/script-text.ts';
import { loadParser } from '../../packages/engine/src/sql/parser.ts';
import type { SynthesisResult } from './result.ts';
import { inRounds, type Round, timed, whichRound } from './rounds.ts';
import { snapshotSchema } from './snapshot-schema.ts';

/** What is taken back: something made, something changed, something replaced. */
const FORWARD = `
  ALTER TABLE record_5 ADD COLUMN note text NOT NULL DEFAULT '';
  CREATE INDEX record_5_note_idx ON record_5 (note);
  DROP VIEW open_record_10;
  ALTER TABLE record_10 ALTER COLUMN title TYPE text;
  CREATE VIEW open_record_10 AS SELECT id, title FROM record_10 WHERE status = 'open';`;

const OURS = 'synthesize';
const MIGRA = '@pgkit/migra';
const PG_DELTA = '@supabase/pg-delta';

const CONTENDERS: readonly { readonly name: string; readonly what: string }[] = [
  {
    name: OURS,
    what: 'given the database before: copies it, applies the forward script, reads what was touched, writes the script',
  },
  { name: MIGRA, what: 'given both databases, before and after: reads both, writes the script' },
  { name: PG_DELTA, what: 'given both databases, before and after: reads both, writes the script' },
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

/** The databases that are there before anything is measured. */
interface Prepared {
  readonly chain: Chain;
  readonly server: Server;
  readonly before: EphemeralDatabase;
  readonly after: EphemeralDatabase;
  /** The same as `after`, for copies: nobody is connected to it. */
  readonly template: EphemeralDatabase;
  /** What migra asks the databases with. */
  readonly clients: { readonly before: Client; readonly after: Client };
}

/**
 * Times writing the script that takes one migration of a large schema back, unproven, with all contenders in every round. A
 * script that does not bring the schema back is a failure.
 * @throws Error when the schema cannot be made or the migration not be applied
 */
export async function measureSynthesis({ tables, runs, tell }: Measurement): Promise<SynthesisResult> {
  await loadParser();
  const surroundings = surroundingsOf(process, tell);
  const server = await openServer({ kind: 'embedded', major: null }, surroundings);
  const prelude = parsed(snapshotSchema(tables).join('\n'));
  const chain = await Chain.open({ openServer: async () => server, prelude, clock: surroundings.now });
  try {
    const before = await chain.copy();
    const after = await server.createDatabase(before);
    await apply(server, after, FORWARD);
    const template = await server.createDatabase(after);
    const clients = {
      before: createClient(server.databaseUrl(before)),
      after: createClient(server.databaseUrl(after)),
    };
    const contenders = await inRounds(runs, CONTENDERS, (round) => {
      tell(`a rollback at ${tables} tables on PostgreSQL ${server.version}, ${whichRound(round, runs)}`);
      return measureRound({ chain, server, before, after, template, clients });
    });
    await Promise.all([clients.before.end(), clients.after.end()]);
    return { tables, postgres: server.version, contenders };
  } finally {
    await chain.close();
  }
}

async function measureRound(prepared: Prepared): Promise<Round> {
  const times = new Map<string, number | Error>();
  for (const [name, work] of [
    [OURS, () => drafted(prepared)],
    [MIGRA, () => byMigra(prepared)],
    [PG_DELTA, () => byPgDelta(prepared)],
  ] as const) {
    const { time, script } = await work();
    times.set(name, time instanceof Error ? time : ((await whyNotRestored(prepared, script)) ?? time));
  }
  return times;
}

interface Written {
  readonly time: number | Error;
  readonly script: string;
}

async function drafted({ chain }: Prepared): Promise<Written> {
  const walk = await DraftWalk.on({ chain, clock: () => performance.now(), losses: null });
  let script = '';
  const time = await timed(async () => {
    const outcome = await walk.draft({ id: '0002_measured', forward: parsed(FORWARD) });
    if (outcome.kind === 'failed') throw new Error(outcome.why);
    const { actions, leftovers } = outcome.draft;
    const header = {
      migration: '0002_measured',
      description: 'Measured',
      date: '2026-01-01',
      acceptedLosses: [],
    };
    script = rollbackText(header, actions, leftovers);
  });
  await walk.close();
  return { time, script };
}

async function byMigra({ clients }: Prepared): Promise<Written> {
  let script = '';
  const time = await timed(async () => {
    const migration = await migra(clients.after, clients.before, { unsafe: true });
    script = migration.sql;
  });
  return { time, script };
}

async function byPgDelta({ server, before, after }: Prepared): Promise<Written> {
  const [present, wanted] = [after, before].map(
    (database) => new pg.Pool({ connectionString: server.databaseUrl(database), max: 4 }),
  ) as [pg.Pool, pg.Pool];
  let script = '';
  const time = await timed(async () => {
    const [source, desired] = await Promise.all([extract(present), extract(wanted)]);
    const { actions } = plan(source.factBase, desired.factBase);
    script = actions.map(({ sql }) => `${sql};`).join('\n');
  });
  await Promise.all([present.end(), wanted.end()]);
  return { time, script };
}

/** `null` where the script brings the schema back. */
async function whyNotRestored({ server, before, template }: Prepared, script: string): Promise<Error | null> {
  const scratch = await server.createDatabase(template);
  try {
    await apply(server, scratch, script);
    const [wanted, present] = [await snapshotOf(server, before), await snapshotOf(server, scratch)];
    const { equality, changes } = compareSnapshots(wanted, present, 'by-name');
    return equality === 'different'
      ? new Error(`its script leaves ${changes.length} differences behind`)
      : null;
  } catch (error) {
    return new Error(`its script fails: ${error instanceof Error ? error.message : String(error)}`);
  } finally {
    await server.dropDatabase(scratch);
  }
}

async function snapshotOf(server: Server, database: EphemeralDatabase) {
  const session = await server.connect(database);
  try {
    return await readSnapshot(session);
  } finally {
    await session.close();
  }
}

async function apply(server: Server, database: EphemeralDatabase, text: string): Promise<void> {
  const session = await server.connect(database);
  try {
    await session.batch(text);
  } finally {
    await session.close();
  }
}

function parsed(text: string): Script {
  const outcome = scriptOf({
    file: '0002_measured.sql',
    bytes: Buffer.from(text),
    section: 'whole',
    breakpoints: false,
  });
  if (outcome.kind !== 'script') throw new Error('the script cannot be read');
  return outcome.script;
}
