import { type HeldStash, heldStashes, purgeStashes } from './deploy/stash-store.ts';
import { EnvironmentError } from './errors/environment-error.ts';
import { InputError } from './errors/input-error.ts';
import { plainReport } from './plain-report.ts';
import { connectTarget } from './postgres/connect-target.ts';
import { ServerError } from './postgres/server-error.ts';
import type { Surroundings } from './postgres/surroundings.ts';
import type { Finding, Report } from './report/report.ts';

/** What is to be done with what migrations have set aside. */
export type StashCommand =
  | { readonly action: 'list' }
  | {
      readonly action: 'purge';
      /** Ids of migrations. */
      readonly ids: readonly string[];
      /** Also whatever is past the day until which it was to be kept. */
      readonly expired: boolean;
    };

/**
 * Lists or throws away what a database holds for rollbacks.
 *
 * @param database URL of the target database
 * @throws InputError for migrations of which nothing is held, with all of them; nothing is thrown away then
 * @throws EnvironmentError when the database cannot be reached, or refuses
 */
export async function stash(database: string, command: StashCommand, { now }: Surroundings): Promise<Report> {
  const started = now();
  const session = await connectTarget(database);
  try {
    const held = await heldStashes(session);
    const purged = command.action === 'list' ? [] : chosen(held, command);
    await purgeStashes(session, purged);
    const stashes = purged.length === 0 ? held : await heldStashes(session);
    const findings = command.action === 'purge' ? [toldPurged(purged)] : [];
    return { ...plainReport({ command: 'stash', durationMs: now() - started, findings }), stashes };
  } catch (error) {
    if (error instanceof ServerError) throw refused(error);
    throw error;
  } finally {
    await session.close();
  }
}

/** Nobody but the role that applies migrations may look at what they set aside. */
function refused({ message, sqlstate }: ServerError): EnvironmentError {
  return new EnvironmentError(
    'stash-refused',
    `the server refused to show or change what is set aside: ${message}${sqlstate === null ? '' : ` (SQLSTATE ${sqlstate})`}; nothing was changed`,
    'connect as the role that applies migrations: --database postgres://ROLE@HOST:PORT/DATABASE',
  );
}

function chosen(
  held: readonly HeldStash[],
  { ids, expired }: Extract<StashCommand, { action: 'purge' }>,
): string[] {
  const present = held.filter(({ state }) => state !== 'purged');
  const unknown = ids.filter((id) => !present.some(({ migration }) => migration === id));
  if (unknown.length > 0) {
    throw new InputError(
      unknown.map((id) => ({
        code: 'no-stash',
        message: `nothing is held for ${id}`,
        fix: 'see pivotal-flow stash list for what is',
      })),
    );
  }
  const late = expired ? present.filter(({ isExpired }) => isExpired).map(({ migration }) => migration) : [];
  return [...new Set([...ids, ...late])];
}

function toldPurged(ids: readonly string[]): Finding {
  const message =
    ids.length === 0
      ? 'nothing was purged'
      : `purged: ${ids.join(', ')}; their rollbacks cannot bring back what was held`;
  return { code: 'stash-purged', severity: 'notice', message, fix: null, file: null, line: null };
}
