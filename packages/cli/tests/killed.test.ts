import { spawn } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { openTestServer } from '../../engine/tests/server.ts';
import { pivotalFlow, project } from './command-line.ts';

/**
 * SIGKILL at a random moment, and what is left after the next run: nothing. Three kills each take about 20 s;
 * twenty each (PIVOTAL_FLOW_LONG) about three minutes.
 */
const KILLS = process.env['PIVOTAL_FLOW_LONG'] === undefined ? 3 : 20;
const MAIN = join(import.meta.dirname, '../src/main.ts');

const migrations = Object.fromEntries(
  Array.from({ length: 12 }, (_, place): [string, string][] => {
    const id = `migrations/${String(place).padStart(4, '0')}_t`;
    return [
      [`${id}.sql`, `CREATE TABLE t${place} (id serial PRIMARY KEY); INSERT INTO t${place} DEFAULT VALUES;`],
      [`${id}_rollback.sql`, `DROP TABLE t${place};`],
    ];
  }).flat(),
);

test('on the embedded server no process, no socket and no data directory is left', {
  timeout: 600_000,
}, async () => {
  const cwd = project(migrations);
  const pids: number[] = [];
  for (let kill = 0; kill < KILLS; kill += 1) pids.push(await killedRun(cwd, []));
  expect((await pivotalFlow(['verify'], { cwd })).code).toBe(0);
  expect(pids.flatMap((pid) => [...foldersOf(pid), ...processesOf(pid)])).toEqual([]);
});

test('on a server of the user no database is left', { timeout: 600_000 }, async () => {
  const cwd = project(migrations);
  const server = await openTestServer();
  const own = await server.createDatabase();
  const url = server.databaseUrl(own);
  for (let kill = 0; kill < KILLS; kill += 1) await killedRun(cwd, ['--server', url]);
  expect((await pivotalFlow(['verify', '--server', url], { cwd })).code).toBe(0);
  const session = await server.connect(own);
  const left = await session.query(`SELECT datname FROM pg_database WHERE datname LIKE 'pivotal%'`);
  await session.close();
  expect(left.map((row) => row['datname'])).toEqual([own.name]);
});

/** @returns the id of the process that was killed */
async function killedRun(cwd: string, options: readonly string[]): Promise<number> {
  const loader = ['--import', import.meta.resolve('tsx'), '--conditions=source'];
  const child = spawn(process.execPath, [...loader, MAIN, 'verify', ...options], { cwd, stdio: 'ignore' });
  const gone = new Promise((settle) => child.on('close', settle));
  await new Promise((settle) => setTimeout(settle, 300 + Math.random() * 3_700));
  child.kill('SIGKILL');
  await gone;
  return child.pid ?? 0;
}

/** Run folders carry the id of the process that made them. */
function foldersOf(pid: number): string[] {
  return ['/dev/shm', tmpdir()].flatMap((parent) =>
    namesIn(parent).filter((name) => name.startsWith(`pivotal-flow-${pid}-`)),
  );
}

/** Servers and supervisors whose command line names a run folder of the killed process. */
function processesOf(pid: number): string[] {
  return namesIn('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((name) => commandLineOf(name))
    .filter((command) => command.includes(`pivotal-flow-${pid}-`));
}

function commandLineOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ');
  } catch {
    return '';
  }
}

function namesIn(folder: string): string[] {
  try {
    return readdirSync(folder);
  } catch {
    return [];
  }
}
