// Runs pnpm commands on a machine that has only Node and npm: `node scripts/with-pnpm.mjs install verify-backend`
// installs from the lockfile and then runs the script `verify-backend`. The pnpm on the PATH is used when its
// major is the pinned one; otherwise npm fetches the pinned version. Plain JavaScript, because it runs first.
import { spawnSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

const root = join(dirname(fileURLToPath(import.meta.url)), '..');
const pinned = /^pnpm@(\d+)([^+]*)/.exec(
  JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')).packageManager,
);
const [, major, rest] = pinned;

function run(command, args, stdio) {
  return spawnSync(command, args, {
    cwd: root,
    stdio,
    shell: process.platform === 'win32',
    encoding: 'utf8',
    env: { ...process.env, npm_config_update_notifier: 'false' },
  });
}

const found = run('pnpm', ['--version'], 'pipe');
const own = found.status === 0 && found.stdout.trim().startsWith(`${major}.`);
const prefix = own ? ['pnpm'] : ['npx', '--yes', `pnpm@${major}${rest}`];

for (const step of process.argv.slice(2)) {
  const args =
    step === 'install'
      ? ['install', '--frozen-lockfile', '--prefer-offline', '--reporter=append-only']
      : ['run', '--silent', step];
  const result = run(prefix[0], [...prefix.slice(1), ...args], 'inherit');
  if (result.error) console.error(`cannot start ${prefix[0]}: ${result.error.message}`);
  if (result.status !== 0) process.exit(result.status ?? 1);
}
