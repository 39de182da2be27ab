import type { Script } from '../../src/migrations/model.ts';
import type { ScriptError } from '../../src/replay/run-script.ts';
import type { ObservedLoss } from '../../src/rollback/stash/stash-plan.ts';
import type { Proposal } from '../../src/rollback-proposal.ts';
import { compareCatalogs } from '../oracles/catalog-judge.ts';
import { compareRows } from '../oracles/rows-judge.ts';
import type { DatabasePicture } from '../rollback/database-picture.ts';
import type { Ground } from './ground.ts';
import { LandReader } from './land.ts';
import { type Draw, madeUpScript } from './made-up-script.ts';
import { lossesBetween } from './observed-losses.ts';
import { readTablePlaces } from './table-places.ts';
import type { Trip } from './trip.ts';
import { livedComplaints } from './untouched-rows.ts';

/** What is tried. */
export interface Pair {
  readonly proposal: Proposal;
  /** What an application writes after the migration. */
  readonly writes: readonly Draw[];
  /** Whether columns may come back behind the others. */
  readonly mayReorder: boolean;
  /** Whether the database is in the state after the migration. */
  readonly isApplied: boolean;
}

/** What came of it. */
export interface Attempt {
  readonly complaints: readonly string[];
  /** What was lost by the migration and not brought back. */
  readonly losses: readonly ObservedLoss[];
  /** What was written in between, as SQL. */
  readonly writes: string;
  /** What the rollback did after that. */
  readonly lived: 'not-tried' | 'taken-back' | 'refused';
}

/**
 * Forward, back, back, forward, writes of an application, back. To look at the catalog takes the longest, so that it is done once for the
 * first two ways back: in one half of the cases after the first, in the other after the second, which is to change nothing.
 * @throws ServerError when the connection breaks
 */
export async function roundTrip(trip: Trip, ground: Ground, pair: Pair): Promise<Attempt> {
  const complaints: string[] = [];
  const ended = (losses: readonly ObservedLoss[]): Attempt => ({ complaints, losses, ...UNLIVED });
  const { forward, rollback } = scriptsOf(pair);
  const run = async (what: string, script: Script) => {
    const error = await trip.run(script);
    if (error !== null) complaints.push(failure(what, error));
    return error === null;
  };
  if (!pair.isApplied && !(await run('forward', forward))) return ended([]);
  const after = await trip.picture();
  const isSecond = forward.text.length % 2 === 1;
  if (!(await run('rollback', rollback))) return ended([]);
  if (isSecond && !(await run(SECOND_RUN, rollback))) return ended([]);
  const back = await trip.picture();
  const when = `after the ${isSecond ? SECOND_RUN : 'rollback'}`;
  complaints.push(...catalogDifferences(when, ground.picture, back, pair));
  complaints.push(...compareRows(ground.picture.rows, back.rows).map((line) => `${when}: ${line}`));
  const losses = lossesBetween(ground.picture.rows, back.rows);
  if (complaints.length > 0) return ended(losses);
  if (!isSecond && !(await run(SECOND_RUN, rollback))) return ended(losses);
  if (!(await run('forward again', forward))) return ended(losses);
  const again = await trip.picture();
  complaints.push(...catalogDifferences('forward again', after, again, pair));
  complaints.push(...compareRows(after.rows, again.rows).map((line) => `forward again: ${line}`));
  return complaints.length > 0 ? ended(losses) : live(trip, ground, { ...pair, after: again });
}

const UNLIVED = { writes: '', lived: 'not-tried' } as const;

/** After writes in between all comes back but for them, or the rollback refuses rows and changes nothing. */
async function live(
  trip: Trip,
  ground: Ground,
  pair: Pair & { readonly after: DatabasePicture },
): Promise<Attempt> {
  const { after, writes } = pair;
  const { forward, rollback } = scriptsOf(pair);
  const placesAfter = await readTablePlaces(trip.session);
  const made = await madeUpScript(trip.session, writes, {
    reader: new LandReader(trip.session),
    end: 'commit',
  });
  await trip.session.reset();
  const written = (made?.statements ?? []).join(';\n');
  if (written === '') return { complaints: [], losses: [], ...UNLIVED };
  const lived = await trip.rows();
  const error = await trip.run(rollback);
  if (error !== null) return { ...refusal(error, compareRows(lived, await trip.rows())), writes: written };
  const back = await trip.picture();
  const moments = { before: ground.picture.rows, after: after.rows, lived, back: back.rows };
  const rows = livedComplaints({
    ...moments,
    placesBefore: ground.places,
    placesAfter,
    forward: forward.text,
  });
  const complaints = [
    ...catalogDifferences('after writes', ground.picture, back, pair),
    ...rows.map((line) => `after writes: ${line}`),
  ];
  return { complaints, losses: [], writes: written, lived: 'taken-back' };
}

/** Rows are refused by an error about data (22), about constraints (23), or by one that the rollback raises itself. */
const ABOUT_ROWS = /^(?:22|23|P0001)/;

function refusal(error: ScriptError, changed: readonly string[]): Omit<Attempt, 'writes'> {
  const isAboutRows = error.sqlstate !== null && ABOUT_ROWS.test(error.sqlstate);
  const complaints = [
    ...(isAboutRows ? [] : [failure('rollback after writes', error)]),
    ...changed.map((line) => `the rollback refused, and changed: ${line}`),
  ];
  return { complaints, losses: [], lived: 'refused' };
}

/** What a rollback may leave otherwise: a column that comes back stands behind the others. */
const REORDERED = /^. (?:column|attribute) order: /;

function catalogDifferences(
  when: string,
  was: DatabasePicture,
  is: DatabasePicture,
  { mayReorder }: Pair,
): string[] {
  return compareCatalogs(was.catalog, is.catalog)
    .filter((line) => !(mayReorder && REORDERED.test(line)))
    .map((line) => `${when}: ${line}`);
}

function failure(what: string, { message, statement }: ScriptError): string {
  return `${what} fails: ${message} at ${statement}`;
}

const SECOND_RUN = 'rollback, run twice';

function scriptsOf({ proposal: { migration } }: Pair): {
  readonly forward: Script;
  readonly rollback: Script;
} {
  if (migration.rollback === null) throw new Error('there is no rollback script');
  return { forward: migration.forward, rollback: migration.rollback };
}
