import { InputError } from './errors/input-error.ts';
import { clusterWideIn } from './migrations/cluster-wide.ts';
import type { MigrationSet } from './migrations/model.ts';
import type { ResolvedVerifyOptions } from './options.ts';

/**
 * Checks what can only be checked once the folder was read.
 * @throws InputError for ids that no migration has, and for statements that other databases of a server would feel
 */
export function checkRequest(set: MigrationSet, resolved: ResolvedVerifyOptions): void {
  const known = new Set(set.migrations.map((migration) => migration.id));
  const unknown = (resolved.ids ?? []).filter((id) => !known.has(id));
  if (unknown.length > 0) {
    throw new InputError(
      unknown.map((id) => ({
        code: 'unknown-migration',
        message: `there is no migration "${id}" in ${set.folder}`,
        fix: `name one of its ${known.size} migrations, for example ${set.migrations.at(-1)?.id ?? '…'}`,
      })),
    );
  }
  const isNothing = resolved.ids?.length === 0;
  if (resolved.server.kind === 'url' && !resolved.allowClusterChanges && !isNothing) refuseClusterWide(set);
}

function refuseClusterWide(set: MigrationSet): void {
  const found = clusterWideIn(set.migrations);
  if (found.length === 0) return;
  throw new InputError(
    found.map(({ script, line, what }) => ({
      code: 'cluster-wide',
      message: `${what}, which every database of that server would feel`,
      fix: 'consent with --allow-cluster-changes, move it to the prelude, or use --server embedded',
      file: script.file,
      line,
    })),
  );
}
