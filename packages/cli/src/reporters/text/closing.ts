import type { Report } from '@pivotal-flow/engine';
import { counted } from '../fit.ts';
import { duration } from './table.ts';
import { isAccepted, paint, type Verdict, type View } from './view.ts';

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
  const { migrations, server, durationMs, scope, seed } = report;
  const counts = countsOf(report, view);
  const where =
    server === null
      ? []
      : [`PostgreSQL ${server.version}`, ...(server.kind === 'embedded' ? ['embedded'] : [])];
  const told = [
    scope === 'schema' ? 'schema only' : `seed ${seed}`,
    ...unchangedOf(report),
    duration(durationMs),
    ...where,
  ];
  const rest = `(${told.join(', ')})`;
  const head = `${counted(migrations.length, 'migration')}:`;
  const first = `${view.colours.bold(head)} ${counts.map(({ painted }) => painted).join(', ')}`;
  const plain = counts.map(({ text }) => text).join(', ');
  const fits = [head, plain, rest].join(' ').length <= view.columns;
  return fits ? [`${first} ${view.colours.dim(rest)}`] : [first, `  ${view.colours.dim(rest)}`];
}

interface Count {
  readonly text: string;
  readonly painted: string;
}

/** Verdicts, and what else is wrong: without it, a run in which all is proven could fail for no visible reason. */
function countsOf({ migrations, findings, errors }: Report, view: View): Count[] {
  const verdicts = ORDER.flatMap((verdict): Count[] => {
    const those = migrations.filter((migration) => migration.verdict === verdict);
    const accepted = those.filter(isAccepted).length;
    const worst = those.find((migration) => !isAccepted(migration)) ?? those[0];
    if (worst === undefined) return [];
    const some = accepted === those.length ? 'accepted' : `${accepted} accepted`;
    const text = `${those.length} ${verdict}${accepted === 0 ? '' : ` (${some})`}`;
    return [{ text, painted: paint(worst, view)(text) }];
  });
  const wrong = errors.length + findings.filter(({ severity }) => severity === 'error').length;
  if (wrong === 0) return verdicts;
  const text = counted(wrong, 'error');
  return [...verdicts, { text, painted: view.colours.red(text) }];
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
