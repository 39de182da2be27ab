import type { MigrationReport, Report } from '@pivotal-flow/engine';
import { hang } from '../fit.ts';
import { isHarmless } from './failed-step.ts';
import type { View } from './view.ts';

/** What to write and what to type next. */
export function adviceLines(report: Report, view: View): string[] {
  const advice = adviceFor(report);
  if (advice === null) return [];
  const said = hang('next: ', advice.say, view.columns).map((line, index) =>
    index === 0 ? line.replace('next:', view.colours.bold('next:')) : line,
  );
  // Meant to be copied, so it is never broken into lines.
  return [...said, `      ${view.colours.green(advice.type)}`];
}

interface Advice {
  readonly say: string;
  readonly type: string;
}

function adviceFor(report: Report): Advice | null {
  // What it made is in no file that could be mended: its findings say what to do.
  if (report.command === 'generate') return null;
  const { migrations, summary, exitCode } = report;
  const first = (verdict: MigrationReport['verdict']) =>
    migrations.find((migration) => migration.verdict === verdict);
  if (report.command === 'synthesize') return adviceForDrafts(report);
  const refuted = first('refuted');
  if (refuted !== undefined)
    return { say: `mend ${fileToMend(refuted)}, then`, type: command(report, again(refuted)) };
  const lossy = migrations.find(({ losses }) => losses.some(({ accepted }) => accepted === null));
  if (lossy !== undefined)
    return { say: `${keeping(lossy)}, or accept the loss there, then`, type: command(report, again(lossy)) };
  const missing = first('missing');
  if (missing !== undefined) {
    const say = `write ${missing.files.rollback}, or say in it why there is no way back ("-- Irreversible: reason"), then`;
    return { say, type: command(report, missing.id) };
  }
  const unseeded = migrations.flatMap(({ id, steps }) =>
    steps.flatMap(({ name, error }) => (name === 'seed' && error !== null ? [{ id, file: error.file }] : [])),
  )[0];
  if (unseeded !== undefined)
    return { say: `mend ${unseeded.file}, then`, type: command(report, unseeded.id) };
  if (summary.irreversible > 0 && summary.unchecked === 0) {
    return {
      say: 'where a declared way of no return is accepted (or allowIrreversible in the configuration)',
      type: command(report, '--allow-irreversible'),
    };
  }
  const conditional = first('conditional');
  const isStrict = exitCode === 1 && report.findings.every(({ severity }) => severity !== 'error');
  if (conditional === undefined || !isStrict) return null;
  const say = `make ${conditional.files.rollback} cope with such rows (or leave out --strict), then`;
  return { say, type: command(report, `${conditional.id} --strict`) };
}

/** A migration that destroys data needs a stash, as long as that is all that is wanting; any other draft a person. */
function adviceForDrafts(report: Report): Advice | null {
  const drafts = report.migrations.filter(({ verdict }) => verdict !== 'proven' && verdict !== 'conditional');
  const destroying = drafts.filter(
    (draft) =>
      draft.synthesized?.stash === null && draft.synthesized.unwritten.length === 0 && destroys(draft),
  );
  if (destroying.length > 0) {
    const ids = destroying.map(({ id }) => id).join(' ');
    return {
      say: 'where a migration destroys data, set that aside and bring it back:',
      type: command(report, `${ids} --stash`),
    };
  }
  const [draft] = drafts;
  if (draft?.synthesized === null || draft?.synthesized === undefined) return null;
  const otherwise = destroys(draft) ? `${WITHOUT_STASH}, ` : '';
  const say = `finish ${draft.synthesized.file}, ${otherwise}name it ${draft.files.rollback}, then`;
  return { say, type: command({ ...report, command: 'verify' }, draft.id) };
}

/** What only rows of a table with a key are spared. */
const WITHOUT_STASH =
  'or accept the loss there (where a table has no key, add one in an earlier migration, and have the rollback written again)';

function destroys({ losses, notTakenBack }: MigrationReport): boolean {
  return [...losses, ...notTakenBack].some(({ by, accepted }) => by === 'forward' && accepted === null);
}

/** What the forward script throws away, no rollback can bring back by itself. */
function keeping({ losses, files }: MigrationReport): string {
  const isForward = losses.some(({ by, accepted }) => by === 'forward' && accepted === null);
  return isForward
    ? `set the values aside in ${files.forward} and bring them back in ${files.rollback}`
    : `mend ${files.rollback}`;
}

function fileToMend({ steps, files }: MigrationReport): string {
  const failed = steps.find((step) => step.error !== null && step.name !== 'seed' && !isHarmless(step));
  const isForward = failed !== undefined && FORWARD.includes(failed.name);
  const script = isForward ? files.forward : files.rollback;
  const assertion = failed?.name.startsWith('verify') ? `, or what ${failed.error?.file} asserts` : '';
  return `${script}${assertion}`;
}

/** Steps whose failure is the forward script's. */
const FORWARD: readonly string[] = ['apply', 'apply-own', 'verify', 'verify-reapply'];

/** What only the descent shows is looked at again on the descent. */
function again({ id, steps, leftovers, losses }: MigrationReport): string {
  const seen = [
    ...steps.flatMap(({ name, error }) => (error === null || name === 'rollback-again' ? [] : [name])),
    ...leftovers.map(({ step }) => step),
    ...losses.flatMap(({ step, accepted }) => (accepted === null ? [step] : [])),
  ];
  const isOnDescent = seen.length > 0 && seen.every((step) => step === 'descend' || step === 'ascend');
  return isOnDescent ? `${id} --descent` : id;
}

function command({ command: name, folder, seed }: Report, rest: string): string {
  return `pivotal-flow ${name} ${rest}${seedOption(seed)}${folderOption(folder)}`;
}

/** On other rows something else may be found. */
function seedOption(seed: number | null): string {
  return seed === null || seed === DEFAULT_SEED ? '' : ` --seed ${seed}`;
}

const DEFAULT_SEED = 1;

/** The folder is not named where the next run finds it by itself, as far as a report can know. */
function folderOption(folder: string | null): string {
  return folder === null || folder === 'drizzle' || folder === 'migrations' ? '' : ` --migrations ${folder}`;
}
