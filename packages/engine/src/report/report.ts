import { z } from 'zod';
import { KINDS } from '../catalog/model.ts';
import { LIFE_KINDS } from '../data/loosening.ts';
import { EQUALITIES } from '../diff/change.ts';
import { VERDICTS } from '../proof/proof.ts';
import { STEP_NAMES } from '../proof/step.ts';

/**
 * The report: the versioned plain value that every command ends in, and the contract of `--format json`.
 * Within a version there are only additions. The JSON Schema is generated from here.
 */
export const REPORT_VERSION = 1;

const text = z.string();
const maybe = z.string().nullable();
const milliseconds = z.number().nonnegative();

const scriptError = z
  .object({
    message: text,
    sqlstate: maybe.describe(
      'Five characters of SQLSTATE; null when the connection broke, or an assertion returned rows',
    ),
    detail: maybe,
    hint: maybe,
    file: text,
    line: z.int().positive(),
    column: z.int().positive(),
    statement: text.describe('The statement that failed, as written'),
  })
  .describe('Why and where a script failed; line and column are 1-based places in the file');

const step = z.object({
  name: z.enum(STEP_NAMES),
  withRows: z.boolean().describe('Whether it ran on tables that were filled with rows before'),
  status: z.enum(['ok', 'failed', 'not-executed']),
  ms: milliseconds,
  error: scriptError.nullable(),
  why: maybe.describe('Why the step was not executed'),
});

const leftover = z.object({
  step: z.enum(['rollback', 'reapply', 'descend', 'ascend']).describe('After which step it was seen'),
  kind: z.enum(KINDS),
  name: text,
  table: maybe,
  change: z.enum(['extra', 'missing', 'different']),
  attribute: maybe.describe('Which property differs; null where the whole object is extra or missing'),
  before: maybe.describe('As it should be'),
  after: maybe.describe('As it is'),
  equality: z.enum(EQUALITIES),
  hint: text.describe('Where it comes from'),
  remedy: maybe.describe('What to do: a statement to add where there is one, otherwise a sentence'),
  file: maybe,
  line: z.int().positive().nullable(),
});

const finding = z.object({
  code: text,
  severity: z.enum(['error', 'warning', 'notice']),
  message: text,
  fix: maybe,
  file: maybe,
  line: z.int().positive().nullable(),
});

const rowCount = z.int().nonnegative().nullable().describe('null where the number is not known');

const loss = z
  .object({
    table: text.describe('Qualified; a sequence where one was set back'),
    column: maybe.describe('null for whole rows'),
    what: z.enum(['rows-gone', 'rows-more', 'values-changed', 'sequence-set-back']),
    rows: rowCount,
    by: z.enum(['forward', 'rollback']).describe('Which script lost it'),
    step: z
      .enum(['rollback', 'descend', 'ascend'])
      .describe('After which step it was seen; the last two with --descent'),
    life: z
      .enum(LIFE_KINDS)
      .nullable()
      .describe('After which writes between migration and rollback; null: without any'),
    example: z.object({ before: maybe, after: maybe }).nullable(),
    accepted: maybe.describe('What the rollback file says of it; null when it is not accepted'),
  })
  .describe('What was there before the migration and is not the same after its rollback');

const discard = z
  .object({ table: text, column: maybe.describe('null for the whole table'), rows: rowCount })
  .describe('What the migration itself brought, and its rollback takes away by nature');

const conversion = z
  .object({
    table: text,
    column: text,
    rows: z.int().nonnegative(),
    life: z.enum(LIFE_KINDS).describe('After which writes between migration and rollback'),
    example: z.object({ written: maybe, cameBack: maybe }),
  })
  .describe(
    'Values that were written since the migration and that the rollback gave another form, as it may',
  );

const condition = z
  .object({
    table: maybe,
    column: maybe,
    kind: z.enum(LIFE_KINDS),
    why: text.describe('What such rows are'),
    countSql: maybe.describe('Counts such rows in a database with the migration applied'),
    error: scriptError,
  })
  .describe(
    'A kind of row, allowed by the migration, that makes the rollback fail without changing anything',
  );

const seeded = z
  .object({
    tables: z.int().nonnegative().describe('Tables that held rows before the migration'),
    rows: z.int().nonnegative(),
    own: z
      .int()
      .nonnegative()
      .describe('Rows that files of the team brought up to this migration; migrations may have changed them'),
    unseeded: z.array(
      z.object({
        table: text,
        reason: text,
        hasToBeEmpty: z.boolean().describe('Whether the migration can only be applied while it is empty'),
      }),
    ),
  })
  .describe('What tables held before the migration');

const written = z
  .object({
    file: text.describe('Where the script is, or would be'),
    state: z
      .enum(['written', 'not-written', 'draft'])
      .describe('draft: it is not proven, and lies beside under another name'),
    text: text.describe('The script; empty where there is none'),
    unwritten: z.array(text).describe('What it does not bring back, and has to be written by hand'),
    stash: z
      .object({ file: text, text })
      .nullable()
      .describe('The script that sets aside what the migration destroys; null where there is none'),
  })
  .describe('A script that was written');

const migration = z.object({
  id: text,
  files: z.object({ forward: text, rollback: text }),
  from: z
    .enum(['run', 'proof-file'])
    .describe('Whether it was run, or taken from the proof file because nothing changed: then without steps'),
  verdict: z.enum(VERDICTS),
  equality: z.enum(EQUALITIES).nullable(),
  reason: maybe,
  steps: z.array(step),
  leftovers: z.array(leftover),
  losses: z.array(loss).describe('Of scope "rows"; empty in scope "schema"'),
  notTakenBack: z
    .array(loss)
    .describe('What the forward script changed, where the rollback failed with rows; empty where it ran'),
  discards: z.array(discard).describe('Of scope "rows"; empty in scope "schema"'),
  conversions: z.array(conversion).describe('Of scope "rows"; empty in scope "schema"'),
  conditions: z.array(condition).describe('Of scope "rows"; empty in scope "schema"'),
  seeded: seeded.nullable().describe('null where rows were not looked at'),
  notices: z.array(text),
  notChecked: z.array(text),
  generated: written.nullable().describe('The forward script; null but for generate'),
  synthesized: written
    .nullable()
    .describe('The rollback script, of synthesize and generate; null where nothing was to be written'),
});

const heldStash = z
  .object({
    migration: text,
    source: text.describe('The table that it came from, or "sequences"'),
    state: z.enum(['held', 'restored', 'purged']),
    rows: z.int().nonnegative(),
    bytes: z.int().nonnegative(),
    createdAt: text.describe('ISO 8601, in UTC'),
    expiresAt: text.describe('ISO 8601, in UTC'),
    isExpired: z.boolean(),
  })
  .describe('What a migration has set aside of a table');

const sequence = z.object({
  sequence: text,
  ids: z.array(text),
  orderMatters: z.boolean().nullable().describe('null where it could not be found out'),
  reason: maybe,
});

const summary = z.object({
  proven: z.int(),
  conditional: z.int(),
  lossy: z.int(),
  refuted: z.int(),
  irreversible: z.int(),
  missing: z.int(),
  unchecked: z.int(),
  findings: z.int(),
});

/** The schema of a report. */
export const reportSchema = z
  .object({
    reportVersion: z.literal(REPORT_VERSION),
    tool: z.object({ name: z.literal('pivotal-flow'), version: text }),
    command: z.enum(['verify', 'check', 'synthesize', 'generate', 'stash', 'doctor', 'init']),
    scope: z.enum(['schema', 'rows']),
    seed: z.int().nonnegative().nullable().describe('What rows were chosen by; null in scope "schema"'),
    server: z.object({ kind: z.enum(['embedded', 'url']), version: text }).nullable(),
    folder: maybe.describe('The migrations folder'),
    layout: maybe,
    durationMs: milliseconds,
    exitCode: z.int().min(0).max(3),
    summary,
    migrations: z.array(migration),
    stashes: z.array(heldStash).describe('Of stash: what the target database holds'),
    sequences: z.array(sequence),
    findings: z.array(finding),
    errors: z.array(
      z.object({
        code: text,
        message: text,
        fix: text,
        file: maybe,
        line: z.int().positive().nullable(),
        column: z.int().positive().nullable(),
      }),
    ),
  })
  .meta({ title: 'Pivotal Flow report', $id: 'urn:pivotal-flow:report:1' });

export type Report = z.infer<typeof reportSchema>;
export type MigrationReport = Report['migrations'][number];
/** A script that was written, or would have been. */
export type SynthesizedScript = NonNullable<MigrationReport['synthesized']>;
export type Finding = Report['findings'][number];
export type ReportError = Report['errors'][number];

/** The JSON Schema (draft 2020-12) of a report, as it is published. */
export function reportJsonSchema(): object {
  return z.toJSONSchema(reportSchema, { target: 'draft-2020-12' });
}
