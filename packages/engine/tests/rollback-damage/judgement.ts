import type { Script } from '../../src/migrations/model.ts';
import type { EphemeralDatabase, Server } from '../../src/postgres/server.ts';
import type { Session } from '../../src/postgres/session.ts';
import { runScript, type ScriptRun } from '../../src/replay/run-script.ts';
import { judgedEquality } from '../corpus/judged-equality.ts';
import {
  type CatalogDifference,
  type CatalogText,
  catalogDifferences,
  judgeCatalog,
} from '../oracles/catalog-judge.ts';
import type { DumpJudge, DumpText } from '../oracles/dump-judge.ts';
import { compareRows, openRowsJudge, type RowsJudge, type RowsText } from '../oracles/rows-judge.ts';
import { inCopy } from './engine-verdict.ts';
import { lostOfWrites } from './lived-rows.ts';
import { inApplied, type PreparedPair } from './prepared-pair.ts';

/** What two judges saw of a database, and what the third would say, who takes longer. */
interface Sight {
  readonly catalog: CatalogText;
  readonly rows: RowsText;
  readonly dump: DumpText;
}

/** What came of a rollback after writes in between. */
interface Lived {
  /** It failed and changed nothing, or failed halfway. */
  readonly status: 'ok' | 'refused' | 'broken';
  /** What tables held before it, and what they hold after it. */
  readonly lived: RowsText;
  readonly end: RowsText;
}

/** Judges that share no code with the engine. */
export interface Judges {
  readonly server: Server;
  readonly dump: DumpJudge;
}

/** What a damaged rollback is held against: the state before, and what the undamaged rollback leaves. */
export interface Reference {
  readonly before: Sight;
  readonly rolledBack: Sight;
  readonly applied: Pick<Sight, 'catalog' | 'rows'>;
  readonly reapplied: CatalogText;
  readonly lived: readonly Lived[];
}

/**
 * Looks at the state before, and at what the pair itself makes of it.
 * @throws Error when one of its scripts fails
 */
export async function referenceOf(judges: Judges, prepared: PreparedPair): Promise<Reference> {
  const { server } = judges;
  const { rollback, forward } = prepared.pair.migration;
  const before = await inCopy(server, prepared.before, (database) => at(judges, database, see));
  const applied = await inApplied(server, prepared, (database) =>
    at(judges, database, async ({ session, rows }) => ({
      catalog: await judgeCatalog(session, 'database'),
      rows: await rows.judge(),
    })),
  );
  const { rolledBack, reapplied } = await inApplied(server, prepared, (database) =>
    at(judges, database, async (place) => {
      await mustRun(place, rollback);
      const rolledBack = await see(place);
      await step(place, rollback);
      await mustRun(place, forward);
      return { rolledBack, reapplied: await judgeCatalog(place.session, 'database') };
    }),
  );
  const lived: Lived[] = [];
  for (const { database } of prepared.lived)
    lived.push(
      await inCopy(server, database, (copy) => at(judges, copy, (place) => afterLife(place, rollback))),
    );
  return { before, rolledBack, applied, reapplied, lived };
}

/**
 * Whether a damage matters, and by what it is seen: the damaged rollback fails, leaves another schema or other rows,
 * changes something when it is run a second time, or keeps the forward script from being applied again; or it treats
 * rows that were written in between otherwise than the undamaged one.
 * @returns empty when it does not matter
 */
export async function judgeDamage(
  judges: Judges,
  { prepared, reference }: { prepared: PreparedPair; reference: Reference },
  rollback: Script,
): Promise<string[]> {
  const seen = await inApplied(judges.server, prepared, (database) =>
    at(judges, database, (place) => judgeTrip(place, { prepared, reference, rollback })),
  );
  if (seen.length > 0) return seen;
  for (const [index, state] of prepared.lived.entries()) {
    const lived = await inCopy(judges.server, state.database, (copy) =>
      at(judges, copy, (place) => afterLife(place, rollback)),
    );
    const differences = compareLived(reference, lived, { index, ...state });
    if (differences.length > 0)
      return differences.map((difference) => `after ${state.kind} writes ${difference}`);
  }
  return [];
}

/**
 * Whether the judges find a pair proven that the engine calls so; what it calls exactly equal has to be so for them.
 * @returns what they see that is not as before; empty when they agree
 */
export async function judgeUndamaged(
  judges: Judges,
  { prepared, reference }: { prepared: PreparedPair; reference: Reference },
): Promise<string[]> {
  const { before, rolledBack } = reference;
  const left = catalogDifferences(before.catalog, rolledBack.catalog);
  if (prepared.proof.equality === 'exact' && left.length > 0) return left.map(told);
  return judgeDamage(judges, { prepared, reference }, prepared.pair.migration.rollback);
}

/** A database that is looked at. */
interface Place {
  readonly judges: Judges;
  readonly database: EphemeralDatabase;
  readonly session: Session;
  readonly rows: RowsJudge;
}

async function at<T>(
  judges: Judges,
  database: EphemeralDatabase,
  work: (place: Place) => Promise<T>,
): Promise<T> {
  const session = await judges.server.connect(database);
  const rows = await openRowsJudge(judges.server.databaseUrl(database));
  try {
    return await work({ judges, database, session, rows });
  } finally {
    await session.close();
    await rows.close();
  }
}

async function see({ judges, database, session, rows }: Place): Promise<Sight> {
  return {
    catalog: await judgeCatalog(session, 'database'),
    rows: await rows.judge(),
    dump: await judges.dump.judge(judges.server.databaseUrl(database)),
  };
}

async function step({ session }: Place, script: Script): Promise<ScriptRun> {
  const run = await runScript(session, script, () => 0);
  await session.reset();
  return run;
}

async function mustRun(place: Place, script: Script): Promise<void> {
  const run = await step(place, script);
  if (run.status === 'failed') throw new Error(`${run.error.file}: ${run.error.message}`);
}

async function judgeTrip(
  place: Place,
  { prepared, reference, rollback }: { prepared: PreparedPair; reference: Reference; rollback: Script },
): Promise<string[]> {
  const { session, rows } = place;
  const first = await step(place, rollback);
  if (first.status === 'failed') return [`fails: ${first.error.message}`];
  const catalog = await judgeCatalog(session, 'database');
  const schema = await schemaDifferences(place, reference, catalog);
  if (schema.length > 0) return schema;
  const held = await rows.judge();
  const values = compareRows(reference.before.rows, held);
  if (values.length > 0) return values;
  await step(place, rollback);
  const second = [
    ...catalogDifferences(catalog, await judgeCatalog(session, 'database')).map(told),
    ...compareRows(held, await rows.judge()),
  ];
  if (second.length > 0) return second.map((difference) => `run twice: ${difference}`);
  const again = await step(place, prepared.pair.migration.forward);
  if (again.status === 'failed') return [`applied again: ${again.error.message}`];
  const reapplied = catalogDifferences(reference.applied.catalog, await judgeCatalog(session, 'database'));
  return beyond(reapplied, catalogDifferences(reference.applied.catalog, reference.reapplied))
    .filter(isMoreThanOrder)
    .map((difference) => `applied again: ${told(difference)}`);
}

/**
 * What a damaged rollback leaves in the schema beyond what the undamaged one leaves. Other degrees of equality that are
 * accepted (another order of columns, another text of the same meaning) are no damage.
 */
async function schemaDifferences(
  { judges, database }: Place,
  { before, rolledBack }: Reference,
  catalog: CatalogText,
): Promise<string[]> {
  const { server } = judges;
  const all = catalogDifferences(before.catalog, catalog);
  const usual = catalogDifferences(before.catalog, rolledBack.catalog);
  const others = beyond(all, usual);
  if (others.length > 0 && others.every((difference) => !isMoreThanOrder(difference))) return [];
  const dump = await judges.dump.judge(server.databaseUrl(database));
  if (others.length > 0) {
    const equality = await judgedEquality(server, before, { catalog, dump });
    return equality === 'different' ? others.map(told) : [];
  }
  if (all.length !== usual.length && all.length > 0) return [];
  const expected = all.length === 0 ? before.dump.text : rolledBack.dump.text;
  return dump.text === expected ? [] : ['the dump is another one'];
}

function beyond(all: readonly CatalogDifference[], usual: readonly CatalogDifference[]): CatalogDifference[] {
  const known = new Set(usual.map((difference) => JSON.stringify(difference)));
  return all.filter((difference) => !known.has(JSON.stringify(difference)));
}

function isMoreThanOrder({ catalog }: CatalogDifference): boolean {
  return catalog !== 'column order';
}

function told({ catalog, identity, change, columns }: CatalogDifference): string {
  const changes = columns.map(({ before, after }) => `${before} → ${after}`).join('; ');
  return `${change} ${catalog} ${identity} ${changes}`;
}

async function afterLife(place: Place, rollback: Script): Promise<Lived> {
  const lived = await place.rows.judge();
  const run = await step(place, rollback);
  const end = await place.rows.judge();
  if (run.status === 'ok') return { status: 'ok', lived, end };
  const changed = run.changed || compareRows(lived, end).length > 0;
  return { status: changed ? 'broken' : 'refused', lived, end };
}

/**
 * A rollback that refuses and changes nothing loses nothing. What it makes of values that the schema before cannot hold,
 * or that the forward script rewrites, is its own affair, so that it may do otherwise than the undamaged one.
 */
function compareLived(
  { before, applied, rolledBack, lived }: Reference,
  { status, ...seen }: Lived,
  { index, offending }: { index: number; offending: readonly string[] },
): string[] {
  if (status === 'refused') return [];
  if (status === 'broken') return ['it fails halfway'];
  const usual = lived[index];
  if (usual?.status === 'ok' && compareRows(usual.end, seen.end).length === 0) return [];
  const moments = { before: before.rows, applied: applied.rows, rolledBack: rolledBack.rows };
  return lostOfWrites({ ...moments, ...seen }, offending);
}
