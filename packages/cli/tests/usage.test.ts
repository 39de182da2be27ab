import { expect, test } from 'vitest';
import { PROVEN, pivotalFlow, project } from './command-line.ts';

test('nothing under test ends the process', () => {
  expect(() => process.exit(0)).toThrow();
});

test.each<[string, readonly string[], string]>([
  [
    'an unknown command',
    ['verfy'],
    "error: unknown command 'verfy'\n  → did you mean verify? see pivotal-flow --help\n",
  ],
  [
    'an unknown option',
    ['verify', '--formt', 'json'],
    "error: unknown option '--formt'\n  → did you mean --format? see pivotal-flow verify --help\n",
  ],
  [
    'a wrong format',
    ['verify', '--format', 'jsn'],
    "error: option '--format <format>' argument 'jsn' is invalid. Allowed choices are\n       text, json\n  → did you mean json? see pivotal-flow verify --help\n",
  ],
  [
    'a wrong layout',
    ['verify', '--layout', 'drizle'],
    "error: option '--layout <name>' argument 'drizle' is invalid. Allowed choices\n       are drizzle, drizzle-v1, paired, golang-migrate, diesel\n  → did you mean drizzle? see pivotal-flow verify --help\n",
  ],
  [
    'an equality that proves nothing',
    ['check', '--equality', 'different'],
    "error: option '--equality <level>' argument 'different' is invalid. Allowed\n       choices are exact, equivalent, reordered, residual\n  → see pivotal-flow check --help\n",
  ],
  [
    'an option without its value',
    ['verify', '--since'],
    "error: option '--since <ref>' argument missing\n  → see pivotal-flow verify --help\n",
  ],
  [
    'an argument too many',
    ['doctor', 'extra'],
    "error: too many arguments for 'doctor'. Expected 0 arguments but got 1\n  → see pivotal-flow doctor --help\n",
  ],
  [
    'two that exclude each other',
    ['verify', '--quiet', '--verbose'],
    "error: option '--verbose' cannot be used with option '--quiet'\n  → see pivotal-flow verify --help\n",
  ],
  [
    'a folder that is not there',
    ['verify', '--migrations', 'nowhere'],
    'error: There is no folder nowhere\n  → Name the folder of the migrations with --migrations DIR\n',
  ],
  [
    'a server that is none',
    ['verify', '--migrations', 'migrations', '--server', 'mysql://root:secret@h/d'],
    'error: "mysql://root:***@h/d" is not a server that can be used\n  → use --server embedded, --server embedded:<major> (14 to 18), or --server\n    postgres://user:password@host:5432/database (a socket:\n    postgres:///database?host=/path)\n',
  ],
  [
    'a migration that is not there',
    ['verify', '0002_indx'],
    'error: there is no migration "0002_indx" in migrations\n  → did you mean 0002_index?\n',
  ],
  [
    'a reference outside of a repository',
    ['verify', '--since', 'main'],
    'error: --since compares with git, and <cwd>/migrations is\n       in no git repository\n  → leave --since out, or run it inside the repository\n',
  ],
])('%s is exit 2 with what to type', async (_, argv, message) => {
  const cwd = project(PROVEN);
  const { code, stdout, stderr } = await pivotalFlow(argv, { cwd });
  expect({
    code,
    stdout,
    stderr: stderr.replace(/\S+pivotal-flow-cli-\w+/, '<cwd>'),
  }).toEqual({
    code: 2,
    stdout: '',
    stderr: message,
  });
});

test('without a command the help and the error are talk', async () => {
  const { code, stdout, stderr } = await pivotalFlow([]);
  expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
  expect(stderr).toContain('Commands:');
  expect(stderr).toContain('error: no command was named');
});

test.each([
  [['verify', '--formt', '--format', 'json'], 'usage'],
  [['verify', '--format=json', '--migrations', 'nowhere'], 'folder-not-found'],
  [['verfy', '--format', 'json'], 'usage'],
])(
  '%j: with --format json an error is a report on stdout, and nothing else is written',
  async (argv, code) => {
    const outcome = await pivotalFlow(argv, { cwd: project(PROVEN) });
    expect(outcome).toMatchObject({ code: 2, stderr: '' });
    expect(JSON.parse(outcome.stdout)).toMatchObject({
      reportVersion: 1,
      exitCode: 2,
      errors: [{ code }],
      migrations: [],
    });
  },
);

test('no migrations folder: where was looked, and what may be meant', async () => {
  const cwd = project({ 'apps/api/db/sql/0001_a.sql': 'SELECT 1;' });
  const { code, stderr } = await pivotalFlow(['verify'], { cwd });
  expect(code).toBe(2);
  expect(stderr.replace(/\S+pivotal-flow-cli-\w+;?/, '<cwd>')).toMatchInlineSnapshot(`
    "error: no migrations folder was found in <cwd> looked
           for pivotal-flow.config.ts, drizzle.config.ts and the folders drizzle,
           migrations, db/migrations
      → there may be some further down: --migrations apps/api/db/sql
    "
  `);
});

test.each(['verify', 'check', 'doctor', 'init'])(
  '%s --help is data, with examples and exit codes',
  async (command) => {
    const { code, stdout, stderr } = await pivotalFlow([command, '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    expect(stdout).toContain('Examples:');
    expect(stdout).toContain('Exit codes:');
  },
);

test('--version', async () => {
  expect(await pivotalFlow(['--version'])).toEqual({ code: 0, stdout: '0.1.0\n', stderr: '' });
});
