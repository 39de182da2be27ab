import { execFileSync, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { once } from 'node:events';
import { readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { setTimeout as pause } from 'node:timers/promises';
import { expect, test } from 'vitest';
import { PROVEN, pivotalFlow, project } from './command-line.ts';

const FILE = 'migrations/pivotal-flow.proofs.json';
const CI = { env: { CI: 'true' } };

/** Times and versions differ from run to run. */
function timeless(text: string): string {
  return text
    .replace(/ *\b\d+(\.\d)? (ms|s)\b/g, ' <time>')
    .replace(/PostgreSQL \d+\.\d+/g, 'PostgreSQL <version>');
}

test('written once, nothing is run as long as nothing changes', async () => {
  const cwd = project(PROVEN);
  const first = await pivotalFlow(['verify', '--write', '--quiet'], { cwd });
  expect(first).toMatchObject({ code: 0, stderr: '' });
  const { code, stdout } = await pivotalFlow(['check'], { cwd, ...CI });
  expect(code).toBe(0);
  expect(timeless(stdout)).toMatchInlineSnapshot(`
    "migrations  paired, 2 migrations

              migration    equality
    ✓ proven  0001_quotes  exact  (unchanged)
    ✓ proven  0002_index   exact  (unchanged)

    2 migrations: 2 proven (seed 1, all unchanged, <time>)
    "
  `);
  const json = await pivotalFlow(['check', '--format', 'json'], { cwd, ...CI });
  expect(JSON.parse(json.stdout)).toMatchObject({
    server: null,
    findings: [],
    migrations: [{ from: 'proof-file' }, {}],
  });
});

test('a stale file fails a pipeline, with the names and what to type; --write mends it', async () => {
  const cwd = project(PROVEN);
  await pivotalFlow(['verify', '--write'], { cwd });
  writeFileSync(join(cwd, 'migrations/0002_index_rollback.sql'), 'DROP INDEX IF EXISTS quotes_status_idx;\n');
  const stale = await pivotalFlow(['check'], { cwd, ...CI });
  expect(stale.code).toBe(1);
  expect(timeless(stale.stdout)).toMatchInlineSnapshot(`
    "migrations  paired, 2 migrations

              migration    equality             apply  rollback
    ✓ proven  0001_quotes  exact  (unchanged)
    ✓ proven  0002_index   exact <time> <time>

    ✗ 0002_index: its proof in migrations/pivotal-flow.proofs.json is stale: its
      rollback script has changed
      → pivotal-flow verify --write

    2 migrations: 2 proven, 1 error
      (seed 1, 1 unchanged, <time>, PostgreSQL <version>, embedded)
    "
  `);
  expect((await pivotalFlow(['verify'], { cwd })).code).toBe(0);
  const mended = await pivotalFlow(['verify', '--write'], { cwd, ...CI });
  expect(mended.code).toBe(0);
  expect(timeless(mended.stdout)).toMatchInlineSnapshot(`
    "migrations  paired, 2 migrations

              migration    equality             apply  rollback
    ✓ proven  0001_quotes  exact  (unchanged)
    ✓ proven  0002_index   exact <time> <time>

    ✓ migrations/pivotal-flow.proofs.json is written: 2 proofs in all, 1 changed

    2 migrations: 2 proven (seed 1, 1 unchanged, <time>, PostgreSQL <version>, embedded)
    "
  `);
  expect((await pivotalFlow(['check'], { cwd, ...CI })).code).toBe(0);
});

test('many stale ones are told as one thing to do', async () => {
  const files = Object.fromEntries(
    Array.from({ length: 8 }, (_, place): [string, string][] => [
      [`migrations/000${place}_t.sql`, `CREATE TABLE t${place} ();`],
      [`migrations/000${place}_t_rollback.sql`, `DROP TABLE t${place};`],
    ]).flat(),
  );
  const cwd = project({ ...files, [FILE]: '{ "proofFileVersion": 1, "proofs": {} }' });
  const { code, stdout } = await pivotalFlow(['verify', '--quiet'], { cwd, ...CI });
  expect(code).toBe(1);
  expect(timeless(stdout)).toMatchInlineSnapshot(`
    "✗ 0000_t: there is no proof of it in migrations/pivotal-flow.proofs.json
    ✗ 0001_t: there is no proof of it in migrations/pivotal-flow.proofs.json
    ✗ 0002_t: there is no proof of it in migrations/pivotal-flow.proofs.json
    ✗ 0003_t: there is no proof of it in migrations/pivotal-flow.proofs.json
    ✗ 0004_t: there is no proof of it in migrations/pivotal-flow.proofs.json
      … and 3 more of this kind (--verbose)
      → pivotal-flow verify --write

    8 migrations: 8 proven, 8 errors (seed 1, <time>, PostgreSQL <version>, embedded)
    "
  `);
});

test('--no-cache runs all', async () => {
  const cwd = project(PROVEN);
  await pivotalFlow(['verify', '--write'], { cwd });
  const { code, stdout } = await pivotalFlow(['verify', '--no-cache', '--format', 'json'], { cwd, ...CI });
  expect(code).toBe(0);
  expect(JSON.parse(stdout)).toMatchObject({ migrations: [{ from: 'run' }, { from: 'run' }], findings: [] });
});

test('after a merge that nobody solved: where it is broken, and what to type', async () => {
  const cwd = project({ ...PROVEN, [FILE]: '{\n  "proofFileVersion": 1,\n<<<<<<< HEAD\n' });
  const { code, stdout, stderr } = await pivotalFlow(['verify'], { cwd });
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toMatchInlineSnapshot(`
    "error: migrations/pivotal-flow.proofs.json holds the conflict markers of a merge
      migrations/pivotal-flow.proofs.json:3
      → prove all migrations and write it anew: pivotal-flow verify --write
    "
  `);
  const mended = await pivotalFlow(['verify', '--write', '--quiet'], { cwd });
  expect(mended.code).toBe(0);
  expect(timeless(mended.stdout)).toMatchInlineSnapshot(`
    "! migrations/pivotal-flow.proofs.json holds the conflict markers of a merge;
      nothing was taken from it, and it was written anew
      migrations/pivotal-flow.proofs.json:3

    2 migrations: 2 proven (seed 1, <time>, PostgreSQL <version>, embedded)
    "
  `);
});

test('the schema alone writes no proof', async () => {
  const cwd = project(PROVEN);
  const { code, stderr } = await pivotalFlow(['verify', '--write', '--no-data'], { cwd });
  expect(code).toBe(2);
  expect(stderr).toMatchInlineSnapshot(`
    "error: a proof without rows is about the schema only, and no proof file is
           written from it
      → leave out --no-data, or --write
    "
  `);
  expect(readdirSync(join(cwd, 'migrations'))).toHaveLength(4);
});

test('signing with an encrypted key; the public key from the configuration', async () => {
  const [ours, others] = [generateKeyPairSync('ed25519'), generateKeyPairSync('ed25519')];
  const locking = { cipher: 'aes-256-cbc', passphrase: 'x y' };
  const cwd = project({
    ...PROVEN,
    'pivotal-flow.config.json': '{ "proofs": { "publicKey": "proofs.pub.pem" } }',
    'key.pem': ours.privateKey.export({ type: 'pkcs8', format: 'pem', ...locking }).toString(),
    'proofs.pub.pem': ours.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
    'other.pub.pem': others.publicKey.export({ type: 'spki', format: 'pem' }).toString(),
  });
  const signing = ['verify', '--write', '--sign', 'key.pem'];
  const locked = await pivotalFlow(signing, { cwd });
  expect(locked.code).toBe(2);
  expect(locked.stderr).toMatchInlineSnapshot(`
    "error: key.pem is encrypted, and there is no passphrase for it
      → set PIVOTAL_FLOW_SIGNING_KEY_PASSPHRASE for this command; nothing is asked
        for, so that it works in a pipeline
    "
  `);
  const env = { PIVOTAL_FLOW_SIGNING_KEY_PASSPHRASE: 'x y' };
  expect(await pivotalFlow([...signing, '--quiet'], { cwd, env })).toMatchObject({ code: 0 });
  expect((await pivotalFlow(['check'], { cwd, ...CI })).stdout).toContain('all unchanged');
  const other = await pivotalFlow(['check', '--quiet', '--public-key', 'other.pub.pem'], { cwd, ...CI });
  expect(other.code).toBe(1);
  expect(timeless(other.stdout)).toMatchInlineSnapshot(`
    "✗ 0001_quotes: its proof in migrations/pivotal-flow.proofs.json is not signed by
      the key of other.pub.pem
    ✗ 0002_index: its proof in migrations/pivotal-flow.proofs.json is not signed by
      the key of other.pub.pem
      → pivotal-flow verify --write --sign <private key file>

    2 migrations: 2 proven, 2 errors (seed 1, <time>, PostgreSQL <version>, embedded)
    "
  `);
});

test('--since with nothing changed still names a proof without a migration', async () => {
  const cwd = project(PROVEN);
  await pivotalFlow(['verify', '--write'], { cwd });
  const renamed = readFileSync(join(cwd, FILE), 'utf8').replace('"0002_index": {', '"0002_old": {');
  writeFileSync(join(cwd, FILE), renamed);
  const git = (...argv: string[]) => execFileSync('git', argv, { cwd, stdio: 'ignore' });
  git('init', '--initial-branch=main');
  git('add', '--all');
  git('-c', 'user.name=t', '-c', 'user.email=t@example.org', 'commit', '--message=base');
  const { code, stdout } = await pivotalFlow(['check', '--since', 'main'], { cwd, ...CI });
  expect(code).toBe(1);
  expect(stdout).toContain('no migration has changed since main');
  expect(stdout).toContain(`0002_old: ${FILE} holds a proof of it`);
  expect(stdout).not.toContain('0002_index');
});

test('a run that is killed leaves the file as it was', async () => {
  const cwd = project(PROVEN);
  await pivotalFlow(['verify', '--write'], { cwd });
  const before = readFileSync(join(cwd, FILE), 'utf8');
  writeFileSync(
    join(cwd, 'migrations/0003_slow.sql'),
    'SELECT pg_sleep(60);\n-- it would be written after this',
  );
  writeFileSync(join(cwd, 'migrations/0003_slow_rollback.sql'), 'SELECT 1;');
  const argv = ['--import', import.meta.resolve('tsx'), '--conditions=source', MAIN, 'verify', '--write'];
  for (const signal of ['SIGKILL', 'SIGINT'] as const) {
    const child = spawn(process.execPath, argv, { cwd, stdio: 'ignore' });
    const gone = once(child, 'close');
    await pause(4_000);
    expect(child.exitCode).toBeNull();
    child.kill(signal);
    await gone;
    expect(readFileSync(join(cwd, FILE), 'utf8')).toBe(before);
    expect(readdirSync(join(cwd, 'migrations')).filter((name) => name.startsWith('pivotal-flow'))).toEqual([
      'pivotal-flow.proofs.json',
    ]);
  }
});

const MAIN = join(import.meta.dirname, '../src/main.ts');
