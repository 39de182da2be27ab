import type { MigrationReport } from '@pivotal-flow/engine';
import { counted, hang, oneLine } from '../fit.ts';
import { shownValue } from './shown-value.ts';
import type { View } from './view.ts';

type Loss = MigrationReport['losses'][number];

const WHEN: Readonly<Record<Loss['step'], string>> = {
  rollback: 'after the rollback',
  descend: 'on the way down from the tip',
  ascend: 'on the way up again',
};

/** What the round trip and the descent lost, by which script, one value as an example, and how it could be accepted. */
export function lossLines(
  { losses, files, verdict, generated, synthesized }: MigrationReport,
  view: View,
): string[] {
  const { colours, columns } = view;
  const open = losses.filter(({ accepted }) => accepted === null);
  if (losses.length === 0) return [];
  const script = synthesized?.file ?? files.rollback;
  const subjects = new Set(open.map(subjectOf));
  return [
    ...(['rollback', 'descend', 'ascend'] as const).flatMap((step) => {
      const lines = losses.filter((loss) => loss.step === step).flatMap((loss) => lossLine(loss, view));
      return lines.length === 0 ? [] : [`  ${WHEN[step]}, rows are not what they were:`, ...lines];
    }),
    // Where the script is in no file yet, a finding says by which option.
    ...(open.length === 0 || verdict !== 'lossy' || generated !== null
      ? []
      : [
          ...hang('    ', `where that is meant, say so in ${script}:`, columns),
          ...[...subjects].map((subject) => `      ${colours.green(`-- Accepts loss: ${subject}, reason`)}`),
        ]),
  ];
}

function lossLine(loss: Loss, { colours, columns }: View): string[] {
  const { accepted } = loss;
  const sign = accepted === null ? colours.red('-') : colours.dim('-');
  const said = accepted === null ? whatHappened(loss) : `${whatHappened(loss)} (accepted: ${accepted})`;
  const lines = hang('    ', oneLine(`- ${nameOf(loss)}: ${said}`), columns);
  return lines.map((line, index) => (index === 0 ? line.replace('-', sign) : `  ${line}`));
}

function nameOf({ table, column }: Loss): string {
  return column === null ? table : `${table}.${column}`;
}

function subjectOf(loss: Loss): string {
  return nameOf(loss).replace(/^public\./, '');
}

function whatHappened({ what, rows, by, life, example }: Loss): string {
  const many = rows === null ? 'some rows' : counted(rows, 'row');
  const script = `by the ${by} script${life === null ? '' : `, after writes in between (${life})`}`;
  const shown =
    example === null ? '' : `, for example ${shownValue(example.before)} → ${shownValue(example.after)}`;
  switch (what) {
    case 'rows-gone':
      return `${many} gone, ${script}`;
    case 'rows-more':
      return `${many} more than before, ${script}`;
    case 'values-changed':
      return `changed in ${many}, ${script}${shown}`;
    case 'sequence-set-back':
      return `set back from ${example?.before} to ${example?.after}, so that it gives numbers a second time`;
  }
}
