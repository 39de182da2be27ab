import { z } from 'zod';
import { buildCommandLine, COMMAND_LINE, runNode } from './command-line.ts';
import type { ProofResult } from './result.ts';
import { inRounds, timed, whichRound } from './rounds.ts';

const FOLDER = 'apps/backend/drizzle';

const SCHEMA = 'verify --no-data';
const ROWS = 'verify';

const CONTENDERS: readonly { readonly name: string; readonly what: string }[] = [
  { name: SCHEMA, what: 'the schema alone, on empty tables' },
  {
    name: ROWS,
    what: 'the schema and the values of rows, with writes in between; with --no-cache, so that all is run',
  },
];

/** What of a report says that the whole job was done. */
const REPORT = z.object({
  scope: z.enum(['schema', 'rows']),
  migrations: z.array(z.object({ from: z.enum(['run', 'proof-file']) })),
});

/**
 * Times `verify` of the backend's migrations as processes of the built command line, with rows and without, one after the
 * other in every round.
 * @param runs rounds that count; one before them does not
 * @param tell receives progress
 * @returns a contender that fails, such as for a rollback that is refuted, is in it with its reason
 * @throws Error when the command line cannot be built or nothing is proven
 */
export async function measureProof({
  runs,
  tell,
}: {
  runs: number;
  tell: (message: string) => void;
}): Promise<ProofResult> {
  tell('building the command line');
  await buildCommandLine();
  const migrations = (await verify('schema', ['--no-data'])).length;
  const contenders = await inRounds(runs, CONTENDERS, async (round) => {
    tell(`${migrations} migrations of the backend, ${whichRound(round, runs)}`);
    return new Map([
      [SCHEMA, await timed(() => verify('schema', ['--no-data']))],
      [ROWS, await timed(() => verify('rows', ['--no-cache']))],
    ]);
  });
  return { migrations, contenders };
}

async function verify(scope: 'schema' | 'rows', flags: readonly string[]): Promise<readonly unknown[]> {
  const options = ['--migrations', FOLDER, '--server', 'embedded', '--format', 'json'];
  const report = REPORT.parse(JSON.parse(await runNode([COMMAND_LINE, 'verify', ...options, ...flags])));
  if (report.scope !== scope) throw new Error(`it proved ${report.scope} rather than ${scope}`);
  const taken = report.migrations.filter(({ from }) => from !== 'run').length;
  if (taken > 0) throw new Error(`${taken} migrations were taken from the proof file and not run`);
  return report.migrations;
}
