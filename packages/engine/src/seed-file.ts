import { InputError } from './errors/input-error.ts';
import type { Script } from './migrations/model.ts';
import { readFiles } from './migrations/read-folder.ts';
import { seedScriptOf } from './migrations/seed-script.ts';
import type { ResolvedVerifyOptions } from './options.ts';
import type { SeedFileOutcome } from './proof/own-rows.ts';
import type { ScriptError } from './replay/run-script.ts';
import type { Finding, ReportError } from './report/report.ts';

/**
 * Reads the file of rows that is for no migration in particular. The parser must be loaded.
 * @returns `null` where there is none, or rows are not looked at
 * @throws InputError with every problem of the file
 */
export async function readSeedFile({ seedFile, data, cwd }: ResolvedVerifyOptions): Promise<Script | null> {
  if (seedFile === undefined || !data) return null;
  const { bytes, problems } = await readFiles([seedFile], cwd);
  const content = bytes.get(seedFile);
  if (content === undefined) throw new InputError(problems);
  const outcome = seedScriptOf(seedFile, content);
  if (outcome.kind === 'unreadable' || outcome.problems.length > 0) throw new InputError(outcome.problems);
  return outcome.script;
}

/** What a report tells of the file. Tried in every state without success, it is an error. */
export function toldOfSeedFile(
  outcome: SeedFileOutcome,
  file: string,
): { readonly findings: readonly Finding[]; readonly errors: readonly ReportError[] } {
  if (outcome.kind === 'none' || outcome.kind === 'loaded') return { findings: [], errors: [] };
  if (outcome.kind === 'unfit' && outcome.everywhere)
    return { findings: [], errors: [unfit(outcome.error, file)] };
  const why =
    outcome.kind === 'unfit'
      ? `it suits no schema before a migration that was asked for${failureOf(outcome.error)}`
      : 'it suits the schema behind the last migration alone';
  const finding: Finding = {
    code: 'seed-file-not-loaded',
    severity: 'warning',
    message: `no migration was tried on the rows of ${file}: ${why}`,
    fix: 'take the dump before a migration is applied, or put rows beside one, as its seed script',
    file,
    line: null,
  };
  return { findings: [finding], errors: [] };
}

function unfit(error: ScriptError | null, file: string): ReportError {
  return {
    code: 'seed-file-unfit',
    message: `${file} could not be loaded: it suits the schema neither before nor behind any migration${failureOf(error)}`,
    fix: 'mend the file there, or make it anew: pg_dump --data-only',
    file: error?.file ?? file,
    line: error?.line ?? null,
    column: error?.column ?? null,
  };
}

function failureOf(error: ScriptError | null): string {
  if (error === null) return '';
  const code = error.sqlstate === null ? '' : ` (SQLSTATE ${error.sqlstate})`;
  return `; where it got furthest, it fails at ${error.file}:${error.line}: ${error.message}${code}`;
}
