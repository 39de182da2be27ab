import type { MigrationReport } from '@pivotal-flow/engine';
import { hang, oneLine } from '../fit.ts';
import { byNatureLines } from './by-nature.ts';
import { conditionLines } from './conditions.ts';
import { failedStep, isHarmless, isToldAlready } from './failed-step.ts';
import { leftoverLines } from './leftovers.ts';
import { lossLines } from './losses.ts';
import { duration } from './table.ts';
import { paint, signed, type View } from './view.ts';

/** Everything about one migration that a reader needs to mend it. */
export function migrationLines(migration: MigrationReport, view: View): string[] {
  const { colours, columns, detail } = view;
  const { id, steps, leftovers, notices } = migration;
  const failures = steps.flatMap((step) =>
    step.error === null || isHarmless(step) || isToldAlready(step, steps)
      ? []
      : failedStep(step, step.error, view),
  );
  const left = leftoverLines(leftovers, view);
  // What a rollback left behind is the usual cause of a forward script that fails after it.
  const causeFirst = steps.some(({ name, status }) => name === 'rollback' && status === 'ok');
  return [
    `${paint(migration, view)(signed(migration))}  ${colours.bold(id)}`,
    ...(detail === 'verbose' ? stepLines(migration, view) : []),
    ...(failures.length === 0 ? reasonLines(migration, view) : []),
    ...(causeFirst ? [...left, ...failures] : [...failures, ...left]),
    ...lossLines(migration, view),
    ...conditionLines(migration, view),
    ...byNatureLines(migration, view),
    ...notices.flatMap((notice) => hang('  note: ', oneLine(notice), columns)),
  ];
}

function reasonLines({ reason, losses, conditions }: MigrationReport, { columns }: View): string[] {
  return reason === null || losses.length + conditions.length > 0 ? [] : hang('  ', oneLine(reason), columns);
}

function stepLines({ steps, files }: MigrationReport, { colours, columns }: View): string[] {
  const told = (rows: boolean) =>
    steps
      .filter(({ withRows }) => withRows === rows)
      .map(
        (step) => `${step.name} ${step.status === 'ok' ? duration(step.ms) : step.status.replace('-', ' ')}`,
      )
      .join(', ');
  const rows = told(true) === '' ? [] : hang('  with rows: ', told(true), columns);
  const lines = [...hang('  ', told(false), columns), ...rows, `  ${files.forward}`, `  ${files.rollback}`];
  return lines.map((line) => colours.dim(line));
}
