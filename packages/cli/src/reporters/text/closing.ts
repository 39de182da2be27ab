import type { Report } from '@pivotal-flow/engine';
import { counted, hang } from '../fit.ts';
import { isHarmless } from './failed-step.ts';
import { duration } from './table.ts';
import { paint, type Verdict, type View } from './view.ts';

const ORDER: readonly Verdict[] = [
  'proven',
  'conditional',
  'lossy',
  'refuted',
  'irreversible',
  'missing',
  'unchecked',
];

/** The last lines: how many of what, how long, on which server. */
export function summaryLines(report: Report, view: View): string[] {
  const { summary, migrations, server, durationMs, scope } = report;
  const counts = ORDER.filter((verdict) => summary[verdict] > 0).map((verdict) =>
    paint(verdict, view)(`${summary[verdict]} ${verdict}`),
  );
  const plain = ORDER.filter((verdict) => summary[verdict] > 0).map(
    (verdict) => `${summary[verdict]} ${verdict}`,
  );
  const where =
    server === null
      ? []
      : [`PostgreSQL ${server.version}`, ...(server.kind === 'embedded' ? ['embedded'] : [])];
  const told = [
    ...(scope === 'schema' ? ['schema only'] : []),
    ...unchangedOf(report),
    duration(durationMs),
    ...where,
  ];
  const rest = `(${told.join(', ')})`;
  const head = `${counted(migrations.length, 'migration')}:`;
  const first = `${view.colours.bold(head)} ${counts.join(', ')}`;
  const fits = [head, plain.join(', '), rest].join(' ').length <= view.columns;
  return fits ? [`${first} ${view.colours.dim(rest)}`] : [first, `  ${view.colours.dim(rest)}`];
}

/** How many were taken from the proof file. */
function unchangedOf({ migrations }: Report): string[] {
  const count = migrations.filter(({ from }) => from === 'proof-file').length;
  if (count === 0) return [];
  return [count === migrations.length ? 'all unchanged' : `${count} unchanged`];
}

/** The last line of a report that consists of findings: whether all is ready. */
export function findingsSummary({ findings, errors, command }: Report, { colours }: View): string[] {
  if (command !== 'doctor' || findings.length === 0) return [];
  const count = (severity: string): number =>
    findings.filter((finding) => finding.severity === severity).length;
  const wrong = errors.length + count('error');
  const warned = count('warning') === 0 ? '' : `, ${counted(count('warning'), 'warning')}`;
  if (wrong > 0) return [`${colours.red('not ready')}: ${counted(wrong, 'error')}${warned}`];
  return [`${colours.green('ready')}${warned}: pivotal-flow verify`];
}

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
  const { migrations, summary } = report;
  const refuted = migrations.find(({ verdict }) => verdict === 'refuted');
  if (refuted !== undefined)
    return { say: `mend ${fileToMend(refuted)}, then`, type: command(report, again(refuted)) };
  const lossy = migrations.find(({ losses }) => losses.some(({ accepted }) => accepted === null));
  if (lossy !== undefined)
    return {
      say: `mend ${lossy.files.rollback}, or accept the loss in it, then`,
      type: command(report, again(lossy)),
    };
  const missing = migrations.find(({ verdict }) => verdict === 'missing');
  if (missing !== undefined) {
    const say = `write ${missing.files.rollback}, or say in it why there is no way back ("-- Irreversible: reason"), then`;
    return { say, type: command(report, missing.id) };
  }
  if (summary.irreversible > 0 && summary.unchecked === 0) {
    return {
      say: 'where a declared way of no return is accepted (or allowIrreversible in the configuration)',
      type: command(report, '--allow-irreversible'),
    };
  }
  return null;
}

function fileToMend({ steps, files }: Report['migrations'][number]): string {
  const failed = steps.find((step) => step.error !== null && !isHarmless(step));
  const isForward = failed !== undefined && FORWARD.includes(failed.name);
  const script = isForward ? files.forward : files.rollback;
  const assertion = failed?.name.startsWith('verify') ? `, or what ${failed.error?.file} asserts` : '';
  return `${script}${assertion}`;
}

/** Steps whose failure is the forward script's. */
const FORWARD: readonly string[] = ['apply', 'apply-own', 'verify', 'verify-reapply'];
/** What only the descent shows is looked at again on the descent. */
function again({ id, steps, leftovers, losses }: Report['migrations'][number]): string {
  const seen = [
    ...steps.flatMap(({ name, error }) => (error === null || name === 'rollback-again' ? [] : [name])),
    ...leftovers.map(({ step }) => step),
    ...losses.flatMap(({ step, accepted }) => (accepted === null ? [step] : [])),
  ];
  const isOnDescent = seen.length > 0 && seen.every((step) => step === 'descend' || step === 'ascend');
  return isOnDescent ? `${id} --descent` : id;
}

function command({ command: name, folder }: Report, rest: string): string {
  return `pivotal-flow ${name} ${rest}${folderOption(folder)}`;
}

/** The folder is not named where the next run finds it by itself, as far as a report can know. */
function folderOption(folder: string | null): string {
  return folder === null || folder === 'drizzle' || folder === 'migrations' ? '' : ` --migrations ${folder}`;
}
