import type { Migration, Script } from '../../src/migrations/model.ts';
import { scriptOf } from '../../src/migrations/script.ts';
import type { EphemeralDatabase, Server } from '../../src/postgres/server.ts';
import type { Session } from '../../src/postgres/session.ts';
import { describe, draftRollback, giveBackIn } from '../../src/proof/draft-rollback.ts';
import { runScript } from '../../src/replay/run-script.ts';
import type { DescribedCatalog } from '../../src/rollback/side.ts';
import type { ObservedLoss } from '../../src/rollback/stash/stash-plan.ts';
import { type Proposal, proposalOf } from '../../src/rollback-proposal.ts';
import { compareCatalogs } from '../oracles/catalog-judge.ts';
import { compareRows } from '../oracles/rows-judge.ts';
import { type DatabasePicture, pictureOf } from '../rollback/database-picture.ts';
import { type Draw, fillTables, madeUpScript } from './made-up-script.ts';
import { lossesBetween } from './observed-losses.ts';

/** A database with a schema and rows, which migrations are tried on copies of. */
export interface Ground {
  readonly database: EphemeralDatabase;
  readonly text: string;
  readonly described: DescribedCatalog;
  readonly picture: DatabasePicture;
}

/** What came of trying one migration. */
export type Trial =
  /** It does nothing, or PostgreSQL does not take it. */
  | { readonly kind: 'discarded' }
  /** No rollback was written, and it was said why. */
  | { readonly kind: 'refused'; readonly forward: string; readonly why: string }
  | {
      readonly kind: 'judged';
      readonly forward: string;
      readonly rollback: string;
      readonly complaints: readonly string[];
    };

/** What a rollback is allowed to leave otherwise: a column that comes back stands behind the others. */
const ALLOWED = /^. (?:column|attribute) order: /;

/**
 * Makes up a schema, and puts rows into its tables.
 * @throws ServerError when the connection breaks
 */
export async function madeUpGround(
  server: Server,
  draws: readonly Draw[],
  rows: readonly number[],
): Promise<Ground> {
  const database = await server.createDatabase();
  return inSession(server, database, async (session) => {
    await session.batch(`create schema app; ${ROLES}`);
    const made = await madeUpScript(session, draws);
    await session.reset();
    const filled = await fillTables(session, rows);
    await session.reset();
    return {
      database,
      text: ['create schema app', ...(made?.statements ?? []), ...filled].join(';\n'),
      described: await describe(session),
      picture: await pictureOf(session, server.databaseUrl(database)),
    };
  });
}

const ROLES = ['law_reader', 'law_writer']
  .map((role) => `do $$ begin create role ${role}; exception when duplicate_object then null; end $$`)
  .join(';\n');

/** What has to hold for every migration and its rollback, tried on one after the other. */
export class Law {
  readonly #server: Server;
  /** Statements of migrations that were made up so far, as PostgreSQL took them. */
  readonly counts = { accepted: 0, refused: 0 };

  constructor(server: Server) {
    this.#server = server;
  }

  /**
   * Makes up a migration, has its rollback drafted, and takes both through their round trip.
   * @throws ServerError when the connection breaks
   */
  async trial(ground: Ground, draws: readonly Draw[]): Promise<Trial> {
    const applied = await this.#applied(ground, draws);
    if (applied === null) return { kind: 'discarded' };
    try {
      return await this.#tried(ground, applied);
    } finally {
      await this.#server.dropDatabase(applied.database);
    }
  }

  /** A second draft takes what the first one was seen to lose. */
  async #tried(ground: Ground, applied: Applied): Promise<Trial> {
    const first = await this.#proposal(ground, applied, []);
    if (first.unwritten.length > 0) return refused(first);
    const attempt = await this.#roundTrip(ground, first, applied.picture);
    if (attempt.losses.length === 0) return judged(first, attempt);
    const second = await this.#proposal(ground, applied, attempt.losses);
    if (second.unwritten.length > 0) return refused(second);
    return judged(second, await this.#roundTrip(ground, second, applied.picture));
  }

  /** Makes up a migration, and looks at what it leaves. */
  async #applied({ database }: Ground, draws: readonly Draw[]): Promise<Applied | null> {
    const copy = await this.#server.createDatabase(database);
    const applied = await inSession(this.#server, copy, async (session) => {
      const made = await madeUpScript(session, draws);
      this.counts.accepted += made?.counts.accepted ?? 0;
      this.counts.refused += made?.counts.refused ?? 0;
      if (made === null || made.statements.length === 0) return null;
      await session.reset();
      return {
        database: copy,
        forward: scriptNamed('forward', made.statements.map((text) => `${text};\n`).join('')),
        described: await describe(session),
        picture: await pictureOf(session, this.#server.databaseUrl(copy)),
      };
    });
    if (applied === null) await this.#server.dropDatabase(copy);
    return applied;
  }

  /** As `synthesize --stash` writes it. */
  async #proposal(ground: Ground, applied: Applied, losses: readonly ObservedLoss[]): Promise<Proposal> {
    const drafted = await draftRollback(
      { before: ground.described, after: applied.described, statements: applied.forward.statements },
      { stash: { migration: ID, losses }, columnOrder: 'auto' },
      (renames) => inSession(this.#server, applied.database, (session) => giveBackIn(session, renames)),
    );
    return proposalOf(migrationOf(applied.forward), drafted, { today: '2026-01-01', acceptedLosses: [] });
  }

  /**
   * Forward, back, back, forward. To look at all takes the longest, so that it is done once on the way: in one half of the cases after
   * the first rollback, in the other after the second, which is to change nothing.
   */
  async #roundTrip(ground: Ground, { migration }: Proposal, after: DatabasePicture): Promise<Attempt> {
    const copy = await this.#server.createDatabase(ground.database);
    const url = this.#server.databaseUrl(copy);
    const complaints: string[] = [];
    const isSecond = migration.forward.text.length % 2 === 1;
    try {
      return await inSession(this.#server, copy, async (session) => {
        const run = async (what: string, script: Script | null) => {
          if (script === null) throw new Error(`there is no ${what} script`);
          const done = await runScript(session, script, () => performance.now());
          await session.reset();
          if (done.status === 'failed')
            complaints.push(`${what} fails: ${done.error.message} at ${done.error.statement}`);
          return done.status === 'ok';
        };
        if (!(await run('forward', migration.forward))) return { complaints, losses: [] };
        if (!(await run('rollback', migration.rollback))) return { complaints, losses: [] };
        if (isSecond && !(await run(SECOND_RUN, migration.rollback))) return { complaints, losses: [] };
        const back = await pictureOf(session, url);
        complaints.push(
          ...differences(`after the ${isSecond ? SECOND_RUN : 'rollback'}`, ground.picture, back),
        );
        const losses = lossesBetween(ground.picture.rows, back.rows);
        if (complaints.length > 0) return { complaints, losses };
        if (!isSecond && !(await run(SECOND_RUN, migration.rollback))) return { complaints, losses };
        if (!(await run('forward again', migration.forward))) return { complaints, losses };
        complaints.push(...differences('forward again', after, await pictureOf(session, url)));
        return { complaints, losses };
      });
    } finally {
      await this.#server.dropDatabase(copy);
    }
  }
}

/** A migration that was made up, and the database that it was applied in. */
interface Applied {
  readonly database: EphemeralDatabase;
  readonly forward: Script;
  readonly described: DescribedCatalog;
  readonly picture: DatabasePicture;
}

interface Attempt {
  readonly complaints: readonly string[];
  readonly losses: readonly ObservedLoss[];
}

function refused({ migration, unwritten }: Proposal): Trial {
  return { kind: 'refused', forward: migration.forward.text, why: unwritten.join('\n') };
}

function judged({ migration, text, stash }: Proposal, { complaints }: Attempt): Trial {
  return {
    kind: 'judged',
    forward: migration.forward.text,
    rollback: `${stash?.text ?? ''}\n${text}`,
    complaints,
  };
}

function differences(when: string, was: DatabasePicture, is: DatabasePicture): string[] {
  const catalog = compareCatalogs(was.catalog, is.catalog).filter((line) => !ALLOWED.test(line));
  return [...catalog, ...compareRows(was.rows, is.rows)].map((line) => `${when}: ${line}`);
}

const SECOND_RUN = 'rollback, run twice';

const ID = '0002_law';

function scriptNamed(file: string, text: string): Script {
  const outcome = scriptOf({ file, bytes: Buffer.from(text), section: 'whole', breakpoints: false });
  if (outcome.kind !== 'script') throw new Error(`no script: ${text}`);
  return outcome.script;
}

function migrationOf(forward: Script): Migration {
  return {
    id: ID,
    sequence: '0002',
    forward,
    rollback: null,
    rollbackFile: `${ID}_rollback.sql`,
    stashFile: `${ID}_stash.sql`,
    verify: null,
    seed: null,
    irreversible: null,
    acceptedResiduals: [],
    acceptedLosses: [],
  };
}

async function inSession<Result>(
  server: Server,
  database: EphemeralDatabase,
  work: (session: Session) => Promise<Result>,
): Promise<Result> {
  const session = await server.connect(database);
  try {
    return await work(session);
  } finally {
    await session.close();
  }
}
