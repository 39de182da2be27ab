import type { Migration, MigrationSet } from '../migrations/model.ts';
import type { ResolvedVerifyOptions } from '../options.ts';
import { plainReport } from '../plain-report.ts';
import { buildReport } from '../report/build-report.ts';
import type { Finding, Report } from '../report/report.ts';
import { TOOL_VERSION } from '../version.ts';
import { destroyedBy, type GeneratedPair } from './pair.ts';
import type { GenerateRequest } from './request.ts';

/** What every report of `generate` says. */
export interface Told {
  readonly set: MigrationSet;
  readonly resolved: ResolvedVerifyOptions;
  readonly request: Pick<GenerateRequest, 'custom' | 'stash'>;
  /** Whether the folder has a proof file, which does not know the new migration. */
  readonly hasProofFile: boolean;
  readonly durationMs: () => number;
}

/** What is most often forgotten. */
const EXPORTED =
  'where you expected something: has it been exported from the file that drizzle.config names as schema?';

/** The report where schema and migrations say the same. */
export function nothingReport({ set: { folder, layout }, durationMs }: Told): Report {
  const message = `the schema and the migrations in ${folder} say the same, so that there is nothing to generate`;
  const findings = [notice('nothing-to-generate', message, EXPORTED)];
  return plainReport({ command: 'generate', folder, layout, durationMs: durationMs(), findings });
}

/** The report of an empty migration. */
export function emptyReport(
  { set: { folder, layout }, durationMs }: Told,
  migration: Migration,
  isWritten: boolean,
): Report {
  const findings = [emptyMigration(migration, isWritten)];
  return plainReport({ command: 'generate', folder, layout, durationMs: durationMs(), findings });
}

/** The report of a pair that was made and proven, or not. */
export function pairReport(told: Told, pair: GeneratedPair, isWritten: boolean): Report {
  const { set, resolved, durationMs } = told;
  const { folder, layout } = set;
  const { id, forward, rollbackFile } = pair.migration;
  const state = isWritten ? ('written' as const) : ('not-written' as const);
  const script = { file: forward.file, state, text: forward.text, unwritten: [], stash: null };
  const { rollback, unwritten, stash } = pair;
  return buildReport({
    toolVersion: TOOL_VERSION,
    command: 'generate',
    server: pair.server,
    folder,
    layout,
    durationMs: durationMs(),
    seed: resolved.data ? resolved.seed : null,
    proofs: [pair.proof],
    unchanged: new Set(),
    generated: new Map([[id, script]]),
    synthesized: new Map([
      [id, { file: rollbackFile, state, text: rollback, unwritten: [...unwritten], stash }],
    ]),
    sequences: [],
    findings: [...pair.findings, isWritten ? written(pair, told) : notWritten(pair, told.request)],
    errors: pair.errors,
    errorExitCode: pair.errors.length === 0 ? 0 : 3,
    strictness: resolved,
  });
}

function emptyMigration({ id, forward }: Migration, isWritten: boolean): Finding {
  return notice(
    'empty-migration',
    `${forward.file} ${isWritten ? 'is' : 'would be'} written, and empty`,
    `write its SQL, and then have its rollback written and proven: pivotal-flow synthesize ${id}`,
  );
}

function written({ migration, stash }: GeneratedPair, { hasProofFile }: Told): Finding {
  const fix = hasProofFile ? 'have the proof file know it: pivotal-flow verify --write' : null;
  const { forward, rollbackFile } = migration;
  const files =
    stash === null
      ? `${forward.file} and ${rollbackFile}`
      : `${forward.file}, ${rollbackFile} and ${stash.file}`;
  return notice('written', `${files} are written`, fix);
}

function notWritten(pair: GeneratedPair, request: Told['request']): Finding {
  const message = 'nothing was written: the folder is as it was';
  if (pair.isGood) return notice('not-written', message, null);
  return { ...notice('not-written', message, whatToDo(pair, request)), severity: 'warning' };
}

const OWN_SQL = '--stdout shows the script, and --instead takes SQL of your own in its place';
const OWN_ROLLBACK =
  'for a rollback of your own: npx drizzle-kit generate, which proves nothing, write it, then pivotal-flow verify';

function whatToDo({ proof, migration }: GeneratedPair, { custom: isCustom, stash }: Told['request']): string {
  const { steps, verdict, losses } = proof;
  const command = `pivotal-flow generate ${migration.id.replace(/^[\d-]+_/, '')}`;
  if (losses.some(({ accepted }) => accepted === null))
    return keepOrLetGo(proof, { canBeKept: !stash && destroyedBy(proof).length > 0 });
  if (!stash && destroyedBy(proof).length > 0)
    return `${destroyedBy(proof).join(', ')} would be lost. Run the same again with --stash, and the rollback brings it back`;
  if (steps.some(({ name, status }) => name.includes('apply') && status === 'failed'))
    return isCustom ? 'mend the SQL' : `mend the schema; or ${OWN_SQL}`;
  if (verdict === 'unchecked') return 'see above what could not be checked';
  return isCustom
    ? `begin with an empty migration, and write both scripts by hand: ${command} --custom; then pivotal-flow verify`
    : `${OWN_SQL}; ${OWN_ROLLBACK}`;
}

/** One way a line. */
function keepOrLetGo(
  { losses }: GeneratedPair['proof'],
  { canBeKept }: { readonly canBeKept: boolean },
): string {
  const lost = losses.flatMap(({ table, column, accepted }) =>
    accepted === null ? [`${table.replace(/^public\./, '')}${column === null ? '' : `.${column}`}`] : [],
  );
  const names = [...new Set(lost)];
  const accepted = names.map((name) => `--accept-loss "${name}=reason"`);
  return [
    `${names.join(', ')} would be lost. Run the same again`,
    ...(canBeKept ? ['with --stash, and the rollback brings it back'] : []),
    `with ${accepted.join(' ')}, and it may go`,
  ].join('\n');
}

function notice(code: string, message: string, fix: string | null): Finding {
  return { code, severity: 'notice', message, fix, file: null, line: null };
}
