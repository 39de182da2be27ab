import { resolve } from 'node:path';
import type { Migration } from '../../src/migrations/model.ts';
import { readMigrations } from '../../src/migrations/read-migrations.ts';
import type { Session } from '../../src/postgres/session.ts';
import { runScript } from '../../src/replay/run-script.ts';
import { readCorpus, type Scenario } from '../corpus/scenario.ts';
import { migrationOf } from '../corpus/scenario-migration.ts';

/** A migration whose rollback is proven, with rows as well. */
export interface ProvenPair {
  readonly name: string;
  readonly minimumMajor: number;
  readonly migration: Migration & { readonly rollback: NonNullable<Migration['rollback']> };
  /** Makes the schema before the migration in an empty database. */
  readonly makeBase: (session: Session) => Promise<void>;
}

const ROOT = resolve(import.meta.dirname, '../../../..');
const BACKEND = 'apps/backend/drizzle';

/**
 * Every proven pair of the corpus and of the reference backend; the parser must be loaded.
 * @throws Error when a pair of the backend has no rollback
 */
export async function provenPairs(): Promise<ProvenPair[]> {
  const { migrations } = await readMigrations({ folder: BACKEND, cwd: ROOT });
  const ofBackend = migrations.map((migration, place) => ({
    name: `backend/${migration.id}`,
    minimumMajor: 14,
    migration: withRollback(migration),
    makeBase: async (session: Session) => {
      for (const { forward } of migrations.slice(0, place)) {
        const run = await runScript(session, forward, () => 0);
        if (run.status === 'failed') throw new Error(`${forward.file}: ${run.error.message}`);
      }
    },
  }));
  const ofCorpus = readCorpus()
    .filter(isProven)
    .map((scenario) => ({
      name: scenario.name,
      minimumMajor: scenario.expected.minimumMajor ?? 14,
      migration: withRollback(migrationOf(scenario)),
      makeBase: async (session: Session) => {
        await session.batch(scenario.base);
      },
    }));
  return [...ofBackend, ...ofCorpus];
}

/** As far as the scenario says; that the engine says so as well is looked at when the pair is prepared. */
function isProven({ expected: { verdict, secondRunChanges, rows } }: Scenario): boolean {
  if (verdict !== 'proven' || secondRunChanges !== undefined || rows?.unchecked === true) return false;
  const life = rows?.life ?? [];
  return (
    (rows?.losses ?? []).length === 0 &&
    (rows?.sequencesSetBack ?? []).length === 0 &&
    life.every(({ outcome }) => outcome === 'blocked')
  );
}

function withRollback(migration: Migration): ProvenPair['migration'] {
  const { rollback } = migration;
  if (rollback === null) throw new Error(`${migration.id} has no rollback`);
  return { ...migration, rollback };
}
