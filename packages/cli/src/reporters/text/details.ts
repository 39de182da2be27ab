import type { MigrationReport, Report } from '@pivotal-flow/engine';
import { counted, hang, idsOf, oneLine, wrap } from '../fit.ts';
import { migrationLines } from './migration.ts';
import { paint, signed, type View } from './view.ts';

/** Migrations that are explained in full before the rest is only named. */
const EXPLAINED = 15;

/** A block for each migration that is not all good; those that share one plain reason are told together. */
export function detailBlocks(report: Report, view: View): string[][] {
  const { detail, columns, colours } = view;
  if (detail === 'verbose') return report.migrations.map((migration) => migrationLines(migration, view));
  const wanting = report.migrations.filter(({ verdict }) => verdict !== 'proven');
  const groups = sharedReasons(wanting);
  const grouped = new Set(groups.flat());
  const single = wanting.filter((migration) => !grouped.has(migration));
  const rest = single.slice(EXPLAINED);
  const more = `… and ${counted(rest.length, 'more migration')} (--verbose, or name them): ${idsOf(rest.map(({ id }) => id))}`;
  return [
    ...single.slice(0, EXPLAINED).map((migration) => migrationLines(migration, view)),
    ...(rest.length === 0 ? [] : [wrap(more, columns).map(colours.dim)]),
    ...groups.map((group) => groupLines(group, view)),
  ];
}

/** Two or more with nothing to show but the same reason. */
function sharedReasons(migrations: readonly MigrationReport[]): MigrationReport[][] {
  const groups = new Map<string, MigrationReport[]>();
  for (const migration of migrations) {
    const { leftovers, losses, conditions, steps } = migration;
    const shown = leftovers.length + losses.length + conditions.length;
    if (shown > 0 || steps.some((step) => step.error !== null)) continue;
    // The reason of a missing rollback names its file, so that no two are alike.
    const key =
      migration.verdict === 'missing' ? 'missing' : `${migration.verdict}\n${migration.reason ?? ''}`;
    groups.set(key, [...(groups.get(key) ?? []), migration]);
  }
  return [...groups.values()].filter((group) => group.length > 1);
}

function groupLines(group: readonly MigrationReport[], view: View): string[] {
  const [first] = group;
  if (first === undefined) return [];
  const head = `${paint(first, view)(signed(first))}  ${view.colours.bold(counted(group.length, 'migration'))}`;
  const why =
    first.verdict === 'missing'
      ? `there is no rollback script; the first would be ${first.files.rollback}`
      : oneLine(first.reason ?? '');
  return [
    head,
    ...hang('  ', why, view.columns),
    ...hang('  ', idsOf(group.map(({ id }) => id)), view.columns).map(view.colours.dim),
  ];
}
