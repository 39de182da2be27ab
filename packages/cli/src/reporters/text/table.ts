import type { MigrationReport, Report } from '@pivotal-flow/engine';
import { shortenMiddle } from '../fit.ts';
import { isAccepted, paint, signed, type View } from './view.ts';

/** Up to here every migration has its row. */
const SHOWN_ROWS = 40;

/** Longer runs of rows that say the same are folded when there are many rows. */
const SHOWN_RUN = 6;

/** The table of migrations with verdict, equality and the times of both directions, as lines. */
export function tableOf(report: Report, view: View): string[] {
  const rows = rowsOf(report, view);
  if (rows.length === 0) return [];
  const isTimed = rows.some((row) => row.kind === 'migration' && row.migration.steps.length > 0);
  const headings = isTimed ? HEADINGS : UNTIMED_HEADINGS;
  const widths = widthsOf(rows, headings, view.columns);
  const head = line(headings, widths);
  return [
    view.colours.dim(head),
    ...rows.map((row) =>
      row.kind === 'fold' ? view.colours.dim(`  ${row.text}`) : rowLine(row.migration, widths, view),
    ),
  ];
}

type Row =
  | { readonly kind: 'migration'; readonly migration: MigrationReport }
  | { readonly kind: 'fold'; readonly text: string };

function rowsOf({ migrations }: Report, { detail }: View): Row[] {
  const shown = detail === 'quiet' ? migrations.filter(({ verdict }) => verdict !== 'proven') : migrations;
  if (detail === 'verbose' || shown.length <= SHOWN_ROWS)
    return shown.map((migration) => ({ kind: 'migration', migration }));
  return runsOf(shown).flatMap(foldedRun);
}

/** Neighbours that say the same. */
function runsOf(migrations: readonly MigrationReport[]): MigrationReport[][] {
  const runs: MigrationReport[][] = [];
  for (const migration of migrations) {
    const last = runs.at(-1);
    const same = last?.[0];
    if (last !== undefined && same !== undefined && saysTheSame(same, migration)) last.push(migration);
    else runs.push([migration]);
  }
  return runs;
}

function saysTheSame(a: MigrationReport, b: MigrationReport): boolean {
  return (
    a.verdict === b.verdict &&
    isAccepted(a) === isAccepted(b) &&
    a.equality === b.equality &&
    a.from === b.from
  );
}

function foldedRun(run: readonly MigrationReport[]): Row[] {
  const row = (migration: MigrationReport): Row => ({ kind: 'migration', migration });
  if (run.length <= SHOWN_RUN) return run.map(row);
  const hidden = run.length - 4;
  const unchanged = run[0]?.from === 'proof-file' ? ', unchanged' : '';
  const text = `… ${hidden} more ${run[0]?.verdict}${unchanged} (--verbose shows them)`;
  return [...run.slice(0, 2).map(row), { kind: 'fold', text }, ...run.slice(-2).map(row)];
}

type Cells = readonly [string, string, string, string, string];

function cellsOf(migration: MigrationReport): Cells {
  const { id, equality, from } = migration;
  return [
    signed(migration),
    id,
    `${equality ?? ''}${from === 'proof-file' ? '  (unchanged)' : ''}`.trimStart(),
    timeOf(migration, 'apply'),
    timeOf(migration, 'rollback'),
  ];
}

function timeOf({ steps }: MigrationReport, name: 'apply' | 'rollback'): string {
  const step = steps.find((candidate) => candidate.name === name);
  if (step === undefined || step.status === 'not-executed') return '';
  return step.status === 'failed' ? 'failed' : duration(step.ms);
}

/** @param ms milliseconds */
export function duration(ms: number): string {
  if (ms >= 9_950) return `${Math.round(ms / 1000)} s`;
  if (ms >= 995) return `${(ms / 1000).toFixed(1)} s`;
  return ms >= 9.95 ? `${Math.round(ms)} ms` : `${ms.toFixed(1)} ms`;
}

function widthsOf(rows: readonly Row[], headings: Cells, columns: number): readonly number[] {
  const all = [headings, ...rows.flatMap((row) => (row.kind === 'fold' ? [] : [cellsOf(row.migration)]))];
  const widths = [0, 1, 2, 3, 4].map((index) =>
    Math.max(...all.map((cells) => [...(cells[index] ?? '')].length)),
  );
  const others = widths.reduce((sum, width, index) => (index === 1 ? sum : sum + width + GAP.length), 0);
  const room = Math.max(MIN_ID, columns - others);
  return widths.map((width, index) => (index === 1 ? Math.min(width, room) : width));
}

const GAP = '  ';

/** With the width of `9.9 ms`, so that the columns stay where they are from run to run. */
const HEADINGS: Cells = ['', 'migration', 'equality', ' apply', 'rollback'];
/** Where nothing was run. */
const UNTIMED_HEADINGS: Cells = ['', 'migration', 'equality', '', ''];
const MIN_ID = 16;

function line(cells: Cells, widths: readonly number[]): string {
  return cells
    .map((cell, index) => {
      const width = widths[index] ?? 0;
      const text = shortenMiddle(cell, width);
      const space = ' '.repeat(width - [...text].length);
      return index >= 3 ? space + text : text + space;
    })
    .join(GAP)
    .trimEnd();
}

function rowLine(migration: MigrationReport, widths: readonly number[], view: View): string {
  const text = line(cellsOf(migration), widths);
  const verdict = signed(migration);
  return paint(migration, view)(verdict) + text.slice(verdict.length);
}
