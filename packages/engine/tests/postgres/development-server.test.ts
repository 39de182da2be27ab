import { randomUUID } from 'node:crypto';
import { readdirSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import {
  type DevelopmentServer,
  startDevelopmentServer,
} from '../../src/postgres/embedded/development-server.ts';
import { testSurroundings } from '../server.ts';
import { emptyCache, type Program, readCommandLine, startProgram } from './program.ts';

const CHILD = fileURLToPath(new URL('./development-child.ts', import.meta.url));

describe('a development server', () => {
  let cache: string;

  beforeAll(() => {
    cache = emptyCache();
  });

  afterAll(() => {
    rmSync(cache, { recursive: true, force: true });
  });

  const surroundings = () => {
    const usual = testSurroundings();
    return { ...usual, env: { ...usual.env, PIVOTAL_FLOW_CACHE_DIR: cache } };
  };
  const newProject = () => `/projects/${randomUUID()}`;
  const start = (project: string) => startDevelopmentServer({ name: 'test', project }, surroundings());
  const startChild = (project: string): Program =>
    startProgram([project], { PIVOTAL_FLOW_CACHE_DIR: cache }, {}, CHILD);

  async function query(url: string, text: string): Promise<Record<string, unknown>[]> {
    const client = new pg.Client({ connectionString: url });
    // The server may end while the connection is open; the query has its answer by then.
    client.on('error', () => {});
    await client.connect();
    const { rows } = await client.query(text);
    await client.end();
    return rows;
  }

  const fill = (server: DevelopmentServer) =>
    query(server.databaseUrl('postgres'), `CREATE TABLE kept AS SELECT 'still here' AS word`);
  const wordsOf = (url: string) => query(url, 'SELECT word FROM kept');
  const KEPT = [{ word: 'still here' }];

  it('keeps its data from one start to the next, and waits for the disk', async () => {
    const project = newProject();
    const first = await start(project);
    await fill(first);
    await first.close();
    await first.close();
    const second = await start(project);
    expect(await wordsOf(second.databaseUrl('postgres'))).toEqual(KEPT);
    expect(await query(second.databaseUrl('postgres'), 'SHOW fsync')).toEqual([{ fsync: 'on' }]);
    await second.close();
  });

  it('gives every project data of its own', async () => {
    const one = await start(newProject());
    await fill(one);
    const two = await start(newProject());
    await expect(wordsOf(two.databaseUrl('postgres'))).rejects.toMatchObject({ code: '42P01' });
    await one.close();
    await two.close();
  });

  it('is used by a second one who opens it, and ends with the first', async () => {
    const project = newProject();
    const first = await start(project);
    await fill(first);
    const second = await start(project);
    expect(second.databaseUrl('postgres')).toBe(first.databaseUrl('postgres'));
    await second.close();
    expect(await wordsOf(first.databaseUrl('postgres'))).toEqual(KEPT);
    await first.close();
    await expect(wordsOf(second.databaseUrl('postgres'))).rejects.toMatchObject({ code: 'ENOENT' });
  });

  it('is started once by several who open it at the same time', async () => {
    const project = newProject();
    const servers = await Promise.all([start(project), start(project), start(project)]);
    expect(new Set(servers.map((server) => server.databaseUrl('postgres'))).size).toBe(1);
    await Promise.all(servers.map((server) => server.close()));
    expect(serversIn(cache)).toEqual([]);
  });

  it('ends with its process when that is killed, and starts again with all that was committed', async () => {
    const project = newProject();
    for (let round = 0; round < 3; round += 1) {
      const program = startChild(project);
      const { url } = await program.ready;
      await query(url, 'CREATE TABLE IF NOT EXISTS rounds (n integer)');
      await query(url, `INSERT INTO rounds VALUES (${round})`);
      program.process.kill('SIGKILL');
      await program.ended;
    }
    const server = await start(project);
    expect(await query(server.databaseUrl('postgres'), 'SELECT n FROM rounds ORDER BY n')).toEqual([
      { n: 0 },
      { n: 1 },
      { n: 2 },
    ]);
    await server.close();
    expect(serversIn(cache)).toEqual([]);
  });

  it('is taken over when its supervisor was killed as well', async () => {
    const project = newProject();
    const program = startChild(project);
    const { url } = await program.ready;
    await query(url, `CREATE TABLE kept AS SELECT 'still here' AS word`);
    program.process.kill('SIGSTOP');
    const run = `pivotal-flow-${program.process.pid}-`;
    for (const pid of readdirSync('/proc').filter((name) => /^\d+$/.test(name))) {
      const line = readCommandLine(pid);
      if (line.startsWith('/bin/sh') && line.includes(run)) process.kill(Number(pid), 'SIGKILL');
    }
    expect(serversIn(cache)).toHaveLength(1);
    program.process.kill('SIGKILL');
    await program.ended;
    const server = await start(project);
    expect(server.databaseUrl('postgres')).not.toBe(url);
    expect(await wordsOf(server.databaseUrl('postgres'))).toEqual(KEPT);
    await server.close();
    expect(serversIn(cache)).toEqual([]);
  });
});

/** The command lines of postmasters whose data are below the folder. */
function serversIn(cache: string): string[] {
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(readCommandLine)
    .filter((line) => line.includes(` -D ${join(cache, 'development')}`) && !line.startsWith('/bin/sh'));
}
