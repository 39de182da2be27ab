import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { expect } from 'vitest';
import {
  InputError,
  type MigrationReport,
  type Problem,
  type Report,
  reportSchema,
  type VerifyOptions,
  type VerifyProgress,
  verify,
} from '../../src/index.ts';
import { testSurroundings } from '../server.ts';

/** What PIVOTAL_FLOW_TEST_SERVER names (as `--server`), else the embedded server. */
export const TEST_SERVER = process.env['PIVOTAL_FLOW_TEST_SERVER'] ?? 'embedded';

/** Whether the server is one of our own, in which roles can come and go. */
export const IS_EMBEDDED = TEST_SERVER.startsWith('embedded');

/** Files of a migrations folder by name, as text or as bytes. */
export type Files = Readonly<Record<string, string | Uint8Array>>;

/** A forward script, its rollback, and what lies beside. */
export type Scripts = readonly [string, string, { readonly seed?: string; readonly verify?: string }?];

/** Migrations as the layout `paired` has them. */
export function pairedFiles(migrations: Readonly<Record<string, Scripts>>): Files {
  return Object.fromEntries(
    Object.entries(migrations).flatMap(([id, [up, down, beside]]) => [
      [`${id}.sql`, up],
      [`${id}_rollback.sql`, down],
      ...Object.entries(beside ?? {}).map(([companion, text]) => [`${id}_${companion}.sql`, text]),
    ]),
  );
}

type Choices = Partial<Omit<VerifyOptions, 'cwd' | 'migrations'>>;

/**
 * Writes a folder of migrations, takes them through `verify` and removes the folder. The schema alone is looked at
 * unless the options say otherwise: the folders of these tests are not made to be run on rows. The report is sent as
 * JSON and read back on the way, so that every report of these tests is held against the contract.
 * @throws what `verify` throws
 */
export async function verifyFiles(
  files: Files,
  options: Choices = {},
  tell: (progress: VerifyProgress) => void = () => {},
  processors = testSurroundings().processors,
  signal?: AbortSignal,
): Promise<Report> {
  const cwd = await mkdtemp(join(tmpdir(), 'pivotal-flow-verify-'));
  try {
    await mkdir(join(cwd, 'migrations'));
    for (const [name, content] of Object.entries(files)) {
      const file = join(cwd, 'migrations', name);
      await mkdir(dirname(file), { recursive: true });
      await writeFile(file, content);
    }
    const request = { cwd, migrations: 'migrations', server: TEST_SERVER, data: false, ...options };
    const report = await verify(request, { ...testSurroundings(), processors }, tell, signal);
    expect(reportSchema.parse(JSON.parse(JSON.stringify(report)))).toEqual(report);
    return report;
  } finally {
    await rm(cwd, { recursive: true, force: true });
  }
}

/** What `verify` finds wrong with its input, before any server is started. */
export async function problemsOf(files: Files, options: Choices = {}): Promise<readonly Problem[]> {
  const error = await verifyFiles(files, options).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(InputError);
  return (error as InputError).problems;
}

/** One migration to be proven, with what it needs. */
export interface Case {
  readonly name: string;
  /** Applied before, and not proven. */
  readonly base?: string;
  readonly up: string;
  /** No rollback file when left out. */
  readonly down?: string;
}

/**
 * Proves many migrations that know nothing of each other in one chain: each is called `<number>_case`, and
 * what it needs is applied by a migration before it. Forward scripts have to succeed.
 * @returns what the report says of each, by the case's name
 */
export async function verifyCases(
  cases: readonly Case[],
  options: Choices = {},
): Promise<ReadonlyMap<string, MigrationReport>> {
  const files: Record<string, string> = {};
  const ids = cases.map((_, place) => `${number(2 * place + 2)}_case`);
  for (const [place, { base, up, down }] of cases.entries()) {
    if (base !== undefined) files[`${number(2 * place + 1)}_base.sql`] = base;
    files[`${ids[place]}.sql`] = up;
    if (down !== undefined) files[`${ids[place]}_rollback.sql`] = down;
  }
  const report = await verifyFiles(files, { ...options, ids });
  expect(report.migrations.map(({ id }) => id)).toEqual(ids);
  return new Map(report.migrations.map((migration, place) => [cases[place]?.name ?? '', migration]));
}

function number(value: number): string {
  return String(value).padStart(4, '0');
}

/** Steps as `name status`, for comparing at a glance. */
export function stepsOf(migration: MigrationReport | undefined): string[] {
  const steps = (migration?.steps ?? []).filter(({ name }) => name !== 'rollback-again');
  return steps.map(({ name, status }) => `${name} ${status}`);
}

/** Ids with their verdicts. */
export function verdictsOf(report: Report): Record<string, string> {
  return Object.fromEntries(report.migrations.map(({ id, verdict }) => [id, verdict]));
}

/** The migration of a report by its id. */
export function migrationOf(report: Report, id: string): MigrationReport {
  const found = report.migrations.find((migration) => migration.id === id);
  if (found === undefined) throw new Error(`the report does not speak of ${id}`);
  return found;
}

/** A forward script that fails unless a query gives the expected number: a witness of the chain's rows. */
export function expectNumber(query: string, expected: number): string {
  return `DO $$ BEGIN
  IF (${query}) IS DISTINCT FROM ${expected} THEN
    RAISE EXCEPTION 'expected ${expected}, found %', (${query});
  END IF;
END $$;`;
}

/** All steps of a migration that went well. */
export const ALL_OK = ['apply ok', 'rollback ok', 'reapply ok'];

/** The journal of drizzle-kit 0.31 for migrations in this order. */
export function drizzleJournal(...tags: readonly string[]): string {
  const entries = tags.map((tag, idx) => ({ idx, version: '7', when: idx, tag, breakpoints: true }));
  return JSON.stringify({ version: '7', dialect: 'postgresql', entries });
}
