import { cp, mkdir, mkdtemp, readdir, readFile, realpath, rm, symlink, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect } from 'vitest';
import {
  type GenerateRequest,
  generate,
  type Report,
  reportSchema,
  type Surroundings,
  type VerifyProgress,
} from '../../src/index.ts';
import { testSurroundings } from '../server.ts';
import { TEST_SERVER } from '../verify/verify-files.ts';

/** The schema that the projects of these tests begin with. */
export const SCHEMA = `
import { integer, pgEnum, pgTable, text, varchar } from 'drizzle-orm/pg-core';

export const status = pgEnum('status', ['open', 'done']);

export const tasks = pgTable('tasks', {
  id: integer('id').primaryKey(),
  title: varchar('title', { length: 80 }).notNull(),
  note: text('note'),
  status: status('status').notNull().default('open'),
});
`;

/** What drizzle-kit reads. */
export const CONFIG = `export default { dialect: 'postgresql', schema: './schema.ts', out: './drizzle' };\n`;

/** Where the backend has drizzle-kit 0.31 and drizzle-orm. */
export const PACKAGES = join(import.meta.dirname, '../../../../apps/backend/node_modules');

const projects: string[] = [];

afterAll(async () => {
  for (const folder of projects.splice(0)) await rm(folder, { recursive: true, force: true });
});

/**
 * A project with files and the packages of another one, gone after the tests of the file.
 * @param packages `null` for a project without any
 */
export async function project(
  files: Readonly<Record<string, string>>,
  packages: string | null = PACKAGES,
): Promise<string> {
  const cwd = await realpath(await mkdtemp(join(tmpdir(), 'pivotal-flow-generate-')));
  projects.push(cwd);
  if (packages !== null) await symlink(packages, join(cwd, 'node_modules'));
  await put(cwd, files);
  return cwd;
}

/** A project on Drizzle without a migration. */
export function drizzleProject(files: Readonly<Record<string, string>> = {}): Promise<string> {
  return project({ 'schema.ts': SCHEMA, 'drizzle.config.ts': CONFIG, ...files });
}

/** The same project once more, in another folder. */
export async function copyOf(cwd: string): Promise<string> {
  const copy = await project({}, null);
  await cp(cwd, copy, { recursive: true, verbatimSymlinks: true });
  return copy;
}

export async function put(cwd: string, files: Readonly<Record<string, string>>): Promise<void> {
  for (const [file, text] of Object.entries(files)) {
    await mkdir(dirname(join(cwd, file)), { recursive: true });
    await writeFile(join(cwd, file), text);
  }
}

/** All files of a project with what they hold, but for its packages. */
export async function filesOf(cwd: string): Promise<Readonly<Record<string, string>>> {
  const entries = await readdir(cwd, { recursive: true, withFileTypes: true });
  const files = entries
    .filter((entry) => entry.isFile())
    .map(({ parentPath, name }) => join(parentPath, name));
  const contents = await Promise.all(files.map((file) => readFile(file, 'utf8')));
  const named = files.map((file, index) => [file.slice(cwd.length + 1), contents[index] ?? ''] as const);
  return Object.fromEntries(named.sort(([a], [b]) => (a < b ? -1 : 1)));
}

/** A request that leaves nothing to ask. */
export const REQUEST: GenerateRequest = {
  name: 'change',
  purpose: 'See what comes of it',
  track: null,
  custom: false,
  sql: null,
  hints: null,
  acceptLoss: [],
  stash: false,
  write: true,
  person: null,
};

/** How a run differs from the usual. */
export interface Situation {
  readonly migrations?: string;
  readonly tell?: (progress: VerifyProgress) => void;
  readonly signal?: AbortSignal;
  readonly surroundings?: Partial<Surroundings>;
}

/** Runs `generate`; every report is held against the contract. */
export async function generated(
  cwd: string,
  request: Partial<GenerateRequest> = {},
  situation: Situation = {},
): Promise<Report> {
  const { migrations = 'drizzle', tell = () => {}, signal } = situation;
  const surroundings = { ...testSurroundings(), today: () => '2026-11-25', ...situation.surroundings };
  const asked = { ...REQUEST, ...request };
  const report = await generate({ cwd, migrations, server: TEST_SERVER }, asked, surroundings, tell, signal);
  expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
  return report;
}
