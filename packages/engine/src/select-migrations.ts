import { realpath } from 'node:fs/promises';
import { join, relative, resolve } from 'node:path';
import { InputError } from './errors/input-error.ts';
import { JOURNAL } from './migrations/layouts/drizzle-journal.ts';
import type { Migration, MigrationSet } from './migrations/model.ts';
import { readMigrations } from './migrations/read-migrations.ts';
import { resolveVerifyOptions, type VerifyOptions } from './options.ts';
import { changedFiles } from './project/changed-files.ts';
import { nearest } from './project/nearest.ts';

/** Which migrations of a folder are meant. */
export interface Selection {
  /** Ids, or paths of their scripts; all migrations when empty. */
  readonly names: readonly string[];
  /** Only those whose scripts changed since this git reference. */
  readonly since: string | undefined;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Ids in the order of the set; `null` for all. With them, how the folder was read. */
export interface Selected {
  readonly ids: readonly string[] | null;
  readonly folder: string;
  readonly layout: string;
}

/**
 * Finds the migrations that names and a git reference mean.
 *
 * @throws InputError for a name that no migration has, and with the problems of the folder, the options or the reference
 */
export async function selectMigrations(options: VerifyOptions, selection: Selection): Promise<Selected> {
  const { cwd, migrations: folder, layout, ignore } = resolveVerifyOptions(options);
  const set = await readMigrations({ folder, cwd, ignore, layout });
  const named = selection.names.length === 0 ? null : namedIds(set, selection.names, cwd);
  const changed =
    selection.since === undefined
      ? null
      : await changedIds(set, selection.since, { cwd, env: selection.env });
  const ids =
    named === null && changed === null
      ? null
      : set.migrations
          .map(({ id }) => id)
          .filter((id) => (named?.has(id) ?? true) && (changed?.has(id) ?? true));
  return { ids, folder: set.folder, layout: set.layout };
}

function namedIds(set: MigrationSet, names: readonly string[], cwd: string): ReadonlySet<string> {
  const ids = names.map(
    (name) => set.migrations.find((migration) => isNamed(migration, name, cwd))?.id ?? null,
  );
  const unknown = names.filter((_, index) => ids[index] === null);
  if (unknown.length > 0) throw new InputError(unknown.map((name) => unknownName(set, name)));
  return new Set(ids.filter((id) => id !== null));
}

function isNamed(migration: Migration, name: string, cwd: string): boolean {
  const path = resolve(cwd, name);
  return migration.id === name || filesOf(migration).some((file) => path === resolve(cwd, file));
}

/** A rollback that is not there any more has its name all the same. */
function filesOf({ forward, rollbackFile, verify, seed }: Migration): string[] {
  const companions = [verify, seed].flatMap((script) => (script === null ? [] : [script.file]));
  return [forward.file, rollbackFile, ...companions];
}

function unknownName(set: MigrationSet, name: string) {
  const ids = set.migrations.map(({ id }) => id);
  const near = ids.find((id) => id.startsWith(name) || id.includes(name)) ?? nearest(name, ids);
  return {
    code: 'unknown-migration',
    message: `there is no migration "${name}" in ${set.folder}`,
    fix:
      near === null
        ? `name one of its ${ids.length} migrations, for example ${ids.at(-1) ?? '…'}`
        : `did you mean ${near}?`,
  };
}

async function changedIds(
  set: MigrationSet,
  since: string,
  place: { readonly cwd: string; readonly env: Selection['env'] },
): Promise<ReadonlySet<string>> {
  // The folder's own repository is asked, which need not be the one that the command was started in.
  const folder = await realpath(resolve(place.cwd, set.folder));
  const changed = await changedFiles(since, { ...place, cwd: folder });
  const isChanged = (file: string): boolean => changed.has(join(folder, relative(set.folder, file)));
  // A journal can put the same files into another order.
  const reordered = isChanged(join(set.folder, JOURNAL));
  const migrations = set.migrations.filter((migration) => reordered || filesOf(migration).some(isChanged));
  return new Set(migrations.map(({ id }) => id));
}
