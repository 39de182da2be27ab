import { declarationsOf } from '../../src/migrations/declarations.ts';
import type { Migration, MigrationSet, Script } from '../../src/migrations/model.ts';
import { scriptOf } from '../../src/migrations/script.ts';
import { sealed } from '../../src/proof/proof-file/entry.ts';
import type { OpenEntry, ProofEntry } from '../../src/proof/proof-file/format.ts';
import { keyOf } from '../../src/proof/proof-file/inputs.ts';
import { loadParser } from '../../src/sql/parser.ts';

/** Texts of a migration's scripts. */
export interface Texts {
  readonly id: string;
  readonly forward: string;
  readonly rollback?: string;
  readonly verify?: string;
  readonly seed?: string;
}

/** A script as the engine reads it; the parser must be loaded. */
export function scriptNamed(file: string, text: string): Script {
  const outcome = scriptOf({ file, bytes: Buffer.from(text), section: 'whole', breakpoints: false });
  if (outcome.kind !== 'script') throw new Error(`${file} is no script`);
  return outcome.script;
}

/** A folder of migrations in memory. */
export async function setOf(...all: readonly Texts[]): Promise<MigrationSet> {
  await loadParser();
  return { layout: 'paired', folder: 'migrations', migrations: all.map(migrationOf), unread: [] };
}

function migrationOf({ id, forward, rollback, verify, seed }: Texts): Migration {
  const optional = (suffix: string, text: string | undefined) =>
    text === undefined ? null : scriptNamed(`migrations/${id}_${suffix}.sql`, text);
  return {
    id,
    sequence: id.split('_')[0] ?? null,
    forward: scriptNamed(`migrations/${id}.sql`, forward),
    rollback: optional('rollback', rollback),
    stashFile: `${id}_stash.sql`,
    rollbackFile: `migrations/${id}_rollback.sql`,
    verify: optional('verify', verify),
    seed: optional('seed', seed),
    ...declarationsOf(rollback ?? ''),
  };
}

const hash = (digit: string) => digit.repeat(64);

/** What a proven migration's entry says. */
export const PROVEN_ENTRY: OpenEntry = {
  key: keyOf({
    scripts: { forward: hash('a'), rollback: hash('b'), verify: null, seed: null, stash: null },
    basis: { method: 1, prefix: hash('c'), equality: 'residual', seed: 1, serverMajor: 17 },
  }),
  verdict: 'proven',
  equality: 'exact',
  reason: null,
  scripts: { forward: hash('a'), rollback: hash('b'), verify: null, seed: null, stash: null },
  basis: { method: 1, prefix: hash('c'), equality: 'residual', seed: 1, serverMajor: 17 },
  schema: {
    before: { exact: hash('1'), portable: hash('2') },
    after: { exact: hash('3'), portable: hash('4') },
  },
  segments: { forward: 'transaction 1-2', rollback: 'alone 1' },
  conditions: [],
  losses: [],
  seeded: { tables: 1, rows: 5, own: 0, unseeded: [] },
  notChecked: [],
  order: null,
  toolVersion: '0.1.0',
};

/** A sealed entry that differs from a proven one as told. */
export function entryLike(id: string, differing: Partial<OpenEntry> = {}): ProofEntry {
  const entry = { ...PROVEN_ENTRY, ...differing };
  return sealed(id, { ...entry, key: keyOf(entry) });
}
