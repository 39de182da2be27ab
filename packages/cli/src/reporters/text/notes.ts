import type { Report } from '@pivotal-flow/engine';
import { counted, hang, idsOf, oneLine } from '../fit.ts';
import type { View } from './view.ts';

/** Notices that are shown before the rest is only counted. */
const SHOWN_NOTICES = 5;

/** Migrations with one sequence number, and whether it matters which comes first. */
export function sequenceLines({ sequences }: Report, { colours, columns }: View): string[] {
  return sequences.flatMap(({ sequence, ids, orderMatters, reason }) => {
    const matters =
      orderMatters === null ? 'could not be found out' : orderMatters ? 'matters' : 'does not matter';
    const why = reason === null ? '' : `: ${oneLine(reason)}`;
    const lines = hang(
      '  ',
      `the order of ${ids.join(' and ')}, which share the number ${sequence}, ${matters}${why}`,
      columns,
    );
    return orderMatters === false
      ? lines.map(colours.dim)
      : lines.map((line, index) => (index === 0 ? colours.yellow(line) : line));
  });
}

/** Notices of one kind that are told one by one. */
const TOLD_APART = 2;

/** What a notice says before it names a place. */
function byGist(migrations: Report['migrations']): Map<string, { id: string; notice: string }[]> {
  const groups = new Map<string, { id: string; notice: string }[]>();
  for (const { id, notices } of migrations) {
    for (const notice of notices) {
      const [gist = ''] = notice.split(': ');
      groups.set(gist, [...(groups.get(gist) ?? []), { id, notice }]);
    }
  }
  return groups;
}

/** What a reader should know of migrations that are all good; the others carry their notices with them. */
export function noticeLines({ migrations }: Report, { colours, columns, detail }: View): string[] {
  if (detail !== 'normal') return [];
  const proven = migrations.filter(({ verdict }) => verdict === 'proven');
  const noticed = [...byGist(proven)].flatMap(([gist, those]) =>
    those.length <= TOLD_APART
      ? those.map(({ id, notice }) => `${id}: ${oneLine(notice)}`)
      : [`${gist} (${counted(those.length, 'migration')}; --verbose): ${idsOf(those.map(({ id }) => id))}`],
  );
  const hidden = noticed.length - SHOWN_NOTICES;
  return [
    ...noticed.slice(0, SHOWN_NOTICES).flatMap((notice) => hang('  ', notice, columns)),
    ...(hidden > 0 ? [colours.dim(`  … and ${counted(hidden, 'more notice')} (--verbose)`)] : []),
  ];
}

/** What the proofs do not speak of, each thing once. */
export function notCheckedLines({ migrations }: Report, { colours, columns }: View): string[] {
  const counts = new Map<string, number>();
  for (const thing of migrations.flatMap(({ notChecked }) => notChecked))
    counts.set(thing, (counts.get(thing) ?? 0) + 1);
  return [...counts].flatMap(([thing, count]) => {
    const where = count === migrations.length ? '' : ` (${counted(count, 'migration')})`;
    return hang('  ', `${oneLine(thing)}${where}`, columns).map(colours.dim);
  });
}

/** Findings of one code that are told before the rest is only counted. */
const SHOWN_FINDINGS = 5;

/** What is wrong, warned of, or known, with its place and what to do. */
export function findingLines({ findings }: Report, view: View): string[] {
  const { colours, detail } = view;
  const told = findings.filter(({ severity }) => detail !== 'quiet' || severity !== 'notice');
  const most = detail === 'verbose' ? told.length : SHOWN_FINDINGS;
  return told.flatMap((finding, place) => {
    const alike = told.filter(({ code }) => code === finding.code);
    const nth = alike.indexOf(finding);
    if (nth >= most) return [];
    const hidden = nth === most - 1 ? alike.length - most : 0;
    const more = hidden === 0 ? [] : [colours.dim(`  … and ${hidden} more of this kind (--verbose)`)];
    // One thing to do for several findings is said after the last of them.
    const next = nth + 1 < most ? told[place + 1] : undefined;
    const isSaidLater = next?.code === finding.code && next.fix === finding.fix;
    const fix = finding.fix === null || isSaidLater ? [] : fixLines(finding.fix, view);
    return [...findingHead(finding, view), ...more, ...fix];
  });
}

/** Several ways have a line each. */
function fixLines(fix: string, { columns }: View): string[] {
  return fix
    .split('\n')
    .flatMap((line, place) => hang(place === 0 ? '  → ' : '    ', oneLine(line), columns));
}

function findingHead({ severity, message, file, line }: Report['findings'][number], view: View): string[] {
  const { colours, columns } = view;
  const signs = { error: colours.red('✗'), warning: colours.yellow('!'), notice: colours.green('✓') };
  const place = file === null ? [] : [`  ${colours.cyan(line === null ? file : `${file}:${line}`)}`];
  const [head = '', ...quoted] = message.split('\n');
  const [first = '', ...rest] = hang('  ', oneLine(head), columns);
  const others = [...rest, ...quoted.map((part) => `    ${part}`)];
  return [`${signs[severity]}${first.slice(1)}`, ...others, ...place];
}

/** What kept a command from being carried out. */
export function errorLines({ errors }: Report, { colours, columns }: View): string[] {
  return errors.flatMap(({ message, fix, file, line, column }) => {
    const place =
      file === null || line === null
        ? []
        : [`  ${colours.cyan([file, line, ...(column === null ? [] : [column])].join(':'))}`];
    const [first = '', ...others] = message.split('\n');
    return [
      ...hang('error: ', first, columns).map((text, index) =>
        index === 0 ? text.replace('error:', colours.red('error:')) : text,
      ),
      ...others.map((text) => `  ${text}`),
      ...place,
      ...hang('  → ', fix, columns),
    ];
  });
}
