import { expect, test } from 'vitest';
import { PROVEN, pivotalFlow, project } from './command-line.ts';

const MIGRATION = { 'sql/0001_a.sql': 'CREATE TABLE a ();', 'sql/0001_a_rollback.sql': 'DROP TABLE a;' };

/** The folder that a run took; `doctor` says who named it. */
async function folderOf(
  files: Record<string, string>,
  argv: readonly string[] = [],
  env: Record<string, string> = {},
): Promise<string> {
  const { stdout } = await pivotalFlow(['doctor', '--format', 'json', '--server', 'embedded:99', ...argv], {
    cwd: project(files),
    env,
  });
  const report = JSON.parse(stdout) as {
    findings: { code: string; message: string }[];
    errors: { message: string }[];
  };
  const found = report.findings.find(({ code }) => code === 'migrations')?.message;
  return found?.replace(/: layout.*/, '') ?? report.errors[0]?.message ?? '';
}

const OURS = { 'pivotal-flow.config.ts': `export default { migrations: './sql' };` };
const DRIZZLES = {
  'drizzle.config.ts': `export default { dialect: 'postgresql', schema: './x.ts', out: './migrations' };`,
};

test('option, environment, our configuration, that of Drizzle, a usual name: in this order', async () => {
  const all = { ...PROVEN, ...MIGRATION, ...OURS, ...DRIZZLES };
  expect(await folderOf(all, ['--migrations', 'sql'])).toBe('sql (named by --migrations)');
  expect(await folderOf(all, [], { PIVOTAL_FLOW_MIGRATIONS: 'migrations' })).toBe(
    'migrations (named by PIVOTAL_FLOW_MIGRATIONS)',
  );
  expect(await folderOf(all, [], { PIVOTAL_FLOW_MIGRATIONS: '' })).toBe(
    'sql (named by pivotal-flow.config.ts)',
  );
  expect(await folderOf({ ...PROVEN, ...MIGRATION, ...DRIZZLES })).toBe(
    'migrations (named by drizzle.config.ts)',
  );
  expect(await folderOf(PROVEN)).toBe('migrations (named by its usual name)');
});

test.each<[string, string]>([
  [
    'pivotal-flow.config.mts',
    `import { join } from 'node:path';\nexport default { migrations: join('.', 'sql') } satisfies object;`,
  ],
  ['pivotal-flow.config.js', `module.exports = { migrations: 'sql' };`],
  ['pivotal-flow.config.mjs', `console.log('talk');\nexport default { migrations: 'sql' };`],
  ['pivotal-flow.config.json', `\uFEFF{ "migrations": "sql" }`],
  ['drizzle.config.js', `module.exports = { dialect: 'postgresql', out: 'sql' };`],
  ['drizzle.config.json', `{ "dialect": "postgresql", "out": "sql" }`],
])('%s is read', async (file, text) => {
  expect(await folderOf({ ...MIGRATION, [file]: text })).toBe(`sql (named by ${file})`);
});

test('.env is there for a configuration that wants it, as with drizzle-kit', async () => {
  const config = `if (!process.env.DATABASE_URL) throw new Error('no DATABASE_URL');\nexport default { dialect: 'postgresql', out: 'sql' };`;
  expect(
    await folderOf({ ...MIGRATION, 'drizzle.config.ts': config, '.env': 'DATABASE_URL=postgres://h/d' }),
  ).toBe('sql (named by drizzle.config.ts)');
});

test.each<[string, Record<string, string>, readonly string[]]>([
  [
    'all problems at once, unknown keys by name',
    {
      'pivotal-flow.config.json':
        '{ "migratons": "sql", "layout": "drizle", "ignore": "x", "prelude": 3, "nonsense": 1 }',
    },
    [
      'pivotal-flow.config.json: layout: Invalid option: expected one of "drizzle"|"drizzle-v1"|"paired"|"golang-migrate"|"diesel"',
      'pivotal-flow.config.json: prelude: must be SQL text or { file: "path" }',
      'pivotal-flow.config.json: ignore: Invalid input: expected array, received string',
      'pivotal-flow.config.json has a setting "migratons", which does not exist',
      'pivotal-flow.config.json has a setting "nonsense", which does not exist',
    ],
  ],
  [
    'two configurations',
    { ...OURS, 'pivotal-flow.config.json': '{}' },
    ['there are pivotal-flow.config.ts and pivotal-flow.config.json, and only one can count'],
  ],
  [
    'broken JSON',
    { 'pivotal-flow.config.json': '{' },
    [expect.stringMatching(/^pivotal-flow\.config\.json is not JSON: /) as string],
  ],
  [
    'a prelude that is not there',
    { ...MIGRATION, 'pivotal-flow.config.json': '{"migrations":"sql","prelude":{"file":"roles.sql"}}' },
    ['the prelude roles.sql cannot be read (ENOENT)'],
  ],
  [
    "Drizzle's configuration throws",
    { 'drizzle.config.ts': `throw new Error('DATABASE_URL is not set');` },
    ['drizzle.config.ts could not be loaded: DATABASE_URL is not set'],
  ],
  [
    'it ends the process',
    { 'drizzle.config.ts': `console.error('bye'); process.exit(7);` },
    ['drizzle.config.ts could not be loaded: it ended the process with code 7, after saying: bye'],
  ],
  [
    'it imports what is not installed',
    { 'drizzle.config.ts': `import 'not-installed';\nexport default {};` },
    [
      expect.stringMatching(
        /^drizzle\.config\.ts could not be loaded: Cannot find module 'not-installed'/,
      ) as string,
    ],
  ],
  [
    'it is for another database',
    { 'drizzle.config.ts': `export default { dialect: 'mysql' };` },
    ['drizzle.config.ts is for mysql; only PostgreSQL is supported'],
  ],
])('%s', async (_, files, messages) => {
  const { code, stdout } = await pivotalFlow(['verify', '--format', 'json'], { cwd: project(files) });
  expect(code).toBe(2);
  const report = JSON.parse(stdout) as { errors: { message: string }[] };
  expect(report.errors.map(({ message }) => message)).toEqual(messages);
});

test('an unknown key comes with the nearest known one', async () => {
  const { stderr } = await pivotalFlow(['verify'], {
    cwd: project({ 'pivotal-flow.config.json': '{ "migratons": "sql" }' }),
  });
  expect(stderr).toMatchInlineSnapshot(`
    "error: pivotal-flow.config.json has a setting "migratons", which does not exist
      → did you mean "migrations"?
    "
  `);
});
