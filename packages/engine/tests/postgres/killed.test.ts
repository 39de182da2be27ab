import { readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { setTimeout as sleep } from 'node:timers/promises';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { connect } from '../../src/postgres/connect.ts';
import type { Cluster } from '../../src/postgres/embedded/cluster.ts';
import { startCluster } from '../../src/postgres/embedded/cluster.ts';
import { openServer } from '../../src/postgres/open-server.ts';
import { databaseUrl } from '../../src/postgres/server-address.ts';
import type { Session } from '../../src/postgres/session.ts';
import { testSurroundings } from '../server.ts';
import { beyondBinaries, emptyCache, leftoversOf, readCommandLine, startProgram } from './program.ts';

const LONG = process.env['PIVOTAL_FLOW_LONG'] !== undefined;
const KILLS = LONG ? 20 : 3;

/** Loading the program takes about this long; a kill before is no test of ours. In milliseconds. */
const LOAD_MS = 250;
/** By then it is at work even when it had to initialise a data directory, in milliseconds. */
const AT_WORK_MS = 2500;

/** Spread over the program's life, and different in every run of the tests. */
function randomMoments(): number[] {
  const step = (AT_WORK_MS - LOAD_MS) / KILLS;
  return Array.from({ length: KILLS }, (_, index) => Math.round(LOAD_MS + (index + Math.random()) * step));
}

describe('a process with an embedded server that is killed', () => {
  it.each(randomMoments())(
    'after %i ms, with an empty cache, leaves nothing behind after the next run',
    async (moment) => {
      const cache = emptyCache();
      try {
        await killAfter(moment, 'embedded', { PIVOTAL_FLOW_CACHE_DIR: cache }, cache);
        expect(beyondBinaries(cache)).toEqual(['data']);
      } finally {
        rmSync(cache, { recursive: true, force: true });
      }
    },
  );

  it.each(randomMoments())(
    'after %i ms, with a warm cache, leaves nothing behind after the next run',
    async (moment) => {
      await killAfter(moment, 'embedded', { HOME: process.env['HOME'] ?? '/' }, null);
    },
  );

  it('leaves nothing when its supervisor is killed as well', async () => {
    const program = startProgram(['hold', 'embedded'], { HOME: process.env['HOME'] ?? '/' });
    const { url } = await program.ready;
    const folder = new URL(url).searchParams.get('host') ?? '';
    const pid = program.process.pid ?? 0;
    // Held, so that it does not close the pipe between the deaths of the supervisor's two shells.
    program.process.kill('SIGSTOP');
    killSupervisor(pid);
    // Once the owner is dead as well, any run on this machine may sweep.
    expect(leftoversOf(pid, PARENTS).join()).toContain(`-D ${folder}`);
    program.process.kill('SIGKILL');
    await program.ended;
    await (await openServer({ kind: 'embedded', major: null }, testSurroundings())).close();
    expect(leftoversOf(pid, PARENTS)).toEqual([]);
  });

  it('ends its server by itself', async () => {
    const program = startProgram(['hold', 'embedded'], { HOME: process.env['HOME'] ?? '/' });
    await program.ready;
    const pid = program.process.pid ?? 0;
    program.process.kill('SIGKILL');
    await program.ended;
    for (let tries = 0; tries < 200 && leftoversOf(pid, PARENTS).length > 0; tries += 1) await sleep(25);
    expect(leftoversOf(pid, PARENTS)).toEqual([]);
  });
});

describe('a process with a server behind a URL that is killed', () => {
  let real: Cluster;
  let admin: Session;

  beforeAll(async () => {
    real = await startCluster(null, testSurroundings());
    admin = await connect(real.address, 'postgres');
  });

  afterAll(async () => {
    await admin?.close();
    await real?.stop();
  });

  it.each(randomMoments().map((moment) => Math.round(moment / 2)))(
    'after %i ms leaves no database after the next run',
    async (moment) => {
      const url = databaseUrl(real.address, 'postgres');
      const program = startProgram(['hold', url], {});
      await sleep(moment);
      program.process.kill('SIGKILL');
      await program.ended;
      await untilServerNoticed(admin);
      await (await openServer({ kind: 'url', url }, testSurroundings())).close();
      expect(await admin.query(`SELECT datname::text FROM pg_database WHERE NOT datistemplate`)).toEqual([
        { datname: 'postgres' },
      ]);
    },
  );
});

/**
 * A server process that is creating a database goes on when its client is gone, and holds its locks until it looks
 * again; a run that starts within those milliseconds leaves that database to the run after it.
 */
async function untilServerNoticed(admin: Session): Promise<void> {
  await expect
    .poll(() =>
      admin.query(
        `SELECT pid FROM pg_stat_activity WHERE backend_type = 'client backend' AND pid <> pg_backend_pid()`,
      ),
    )
    .toEqual([]);
}

const PARENTS = ['/dev/shm', tmpdir()];

async function killAfter(
  moment: number,
  option: string,
  env: Readonly<Record<string, string>>,
  cache: string | null,
): Promise<void> {
  const program = startProgram(['hold', option], env);
  await sleep(moment);
  program.process.kill('SIGKILL');
  await program.ended;
  const surroundings = testSurroundings();
  const next = { ...surroundings, env: cache === null ? surroundings.env : { ...surroundings.env, ...env } };
  await (await openServer({ kind: 'embedded', major: null }, next)).close();
  const parents = cache === null ? PARENTS : [...PARENTS, cache];
  expect(leftoversOf(program.process.pid ?? 0, parents)).toEqual([]);
}

/** The supervisor is the shell that was started with the run folder of that process. */
function killSupervisor(owner: number): void {
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const line = readCommandLine(name);
    if (line.startsWith('/bin/sh') && line.includes(`pivotal-flow-${owner}-`))
      process.kill(Number(name), 'SIGKILL');
  }
}
