import type { Report } from '@pivotal-flow/engine';
import { counted, withoutControls } from './fit.ts';
import { adviceLines } from './text/advice.ts';
import { findingsSummary, summaryLines } from './text/closing.ts';
import { detailBlocks } from './text/details.ts';
import { errorLines, findingLines, notCheckedLines, noticeLines, sequenceLines } from './text/notes.ts';
import { stashLines } from './text/stashes.ts';
import { tableOf } from './text/table.ts';
import type { View } from './text/view.ts';
import { writtenLines } from './text/written.ts';

/** A report for people: the table, what is wrong and how to mend it, what else to know, the summary. Ends with a newline. */
export function renderText(given: Report, view: View): string {
  const report = withoutControls(given);
  const quiet = view.detail === 'quiet';
  const proofs = report.migrations.length > 0;
  const blocks = [
    errorLines(report, view),
    ...(proofs && !quiet ? [headLines(report, view)] : []),
    ...(proofs ? [tableOf(report, view), ...detailBlocks(report, view)] : []),
    writtenLines(report, view),
    stashLines(report, view),
    findingLines(report, view),
    ...(quiet ? [] : [titled('Same number', sequenceLines(report, view), view)]),
    titled('Notices', noticeLines(report, view), view),
    ...(quiet ? [] : [titled('Not checked', notCheckedLines(report, view), view)]),
    findingsSummary(report, view),
    ...(proofs ? [[...summaryLines(report, view), ...adviceLines(report, view)]] : []),
  ];
  const text = blocks
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join('\n'))
    .join('\n\n');
  return text === '' ? '' : `${text}\n`;
}

function headLines({ folder, layout, migrations }: Report, { colours }: View): string[] {
  return [
    `${colours.bold(folder ?? '')}  ${colours.dim(`${layout ?? ''}, ${counted(migrations.length, 'migration')}`)}`,
  ];
}

function titled(title: string, lines: readonly string[], { colours }: View): string[] {
  return lines.length === 0 ? [] : [colours.bold(title), ...lines];
}
