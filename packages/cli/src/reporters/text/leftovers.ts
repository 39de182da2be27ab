import type { MigrationReport } from '@pivotal-flow/engine';
import { counted, hang, oneLine, shortenMiddle } from '../fit.ts';
import { showPair, valueText } from './difference.ts';
import type { View } from './view.ts';

type Leftover = MigrationReport['leftovers'][number];

/** Objects that are shown of one migration before the rest is only counted. */
const SHOWN_OBJECTS = 10;

const AFTER: Readonly<Record<Leftover['step'], string>> = {
  rollback: 'after the rollback',
  reapply: 'after applying it again',
  descend: 'on the way down from the tip',
  ascend: 'on the way up again',
};

/** What is left different, grouped by step, table and object, each with its place and what to do. */
export function leftoverLines(leftovers: readonly Leftover[], view: View): string[] {
  const objects = groupBy(
    leftovers,
    (leftover) => `${leftover.step}\n${leftover.table ?? ''}\n${leftover.kind}\n${leftover.name}`,
  );
  const shown = view.detail === 'verbose' ? objects : objects.slice(0, SHOWN_OBJECTS);
  const lines = groupBy(shown, ([first]) => headingOf(first)).flatMap((group) => [
    `  ${headingOf(group[0]?.[0])}`,
    ...group.flatMap((object, index) => objectLines(object, group[index - 1], view)),
  ]);
  const hidden = objects.length - shown.length;
  return hidden === 0
    ? lines
    : [...lines, view.colours.dim(`  … and ${counted(hidden, 'more object')} (--verbose)`)];
}

function headingOf(leftover: Leftover | undefined): string {
  if (leftover === undefined) return '';
  return leftover.table === null
    ? `${AFTER[leftover.step]}:`
    : `${AFTER[leftover.step]}, table ${leftover.table}:`;
}

/** @param previous the object above, whose explanation is not repeated */
function objectLines(
  object: readonly Leftover[],
  previous: readonly Leftover[] | undefined,
  view: View,
): string[] {
  const changes = object.flatMap((leftover) => changeLines(leftover, view));
  const hints = groupBy(object, (leftover) => `${oneLine(leftover.hint)}\n${leftover.file}:${leftover.line}`);
  const told = new Set(previous?.map(kindOfCause));
  return [
    ...changes,
    ...hints.flatMap(([first]) =>
      first === undefined ? [] : hintLines(first, told.has(kindOfCause(first)), view),
    ),
  ];
}

/** The explanation without the line number, which the place shows. */
function kindOfCause({ hint }: Leftover): string {
  return oneLine(hint).replace(/\d+/g, '');
}

function changeLines(leftover: Leftover, view: View): string[] {
  const { colours, columns } = view;
  const accepted = leftover.equality === 'different' ? '' : colours.dim(` (${leftover.equality})`);
  const what = `${leftover.kind} ${ownName(leftover)}`;
  if (leftover.change !== 'different') {
    const sign = leftover.change === 'extra' ? colours.red('+ extra') : colours.red('- missing');
    const value = leftover.after ?? leftover.before;
    const told = value === null || value === leftover.name ? '' : oneLine(value);
    const room = columns - 4 - 'missing'.length - what.length - 5;
    if (told.length <= room)
      return [`    ${sign} ${colours.bold(what)}${told === '' ? '' : `  ${told}`}${accepted}`];
    return [
      `    ${sign} ${colours.bold(what)}${accepted}`,
      `        ${colours.dim(shortenMiddle(told, Math.max(20, columns - 8)))}`,
    ];
  }
  const head = `    ${colours.yellow('~ different')} ${colours.bold(what)}: ${leftover.attribute ?? ''}`;
  const headLength = 4 + '~ different'.length + 1 + what.length + 2 + (leftover.attribute ?? '').length;
  const pair = `${valueText(leftover.before)} → ${valueText(leftover.after)}`;
  if (headLength + 2 + pair.length <= columns) return [`${head}  ${pair}${accepted}`];
  const shown = showPair(leftover.before, leftover.after, Math.max(20, columns - 13));
  return [`${head}${accepted}`, `        was  ${shown.before}`, `        is   ${shown.after}`];
}

/** Without the table's name, which stands in the heading. */
function ownName({ name, table }: Leftover): string {
  if (table === null) return name;
  if (name.startsWith(`${table}.`)) return name.slice(table.length + 1);
  return name.endsWith(` on ${table}`) ? name.slice(0, -` on ${table}`.length) : name;
}

function hintLines(leftover: Leftover, repeated: boolean, { colours, columns }: View): string[] {
  const place =
    leftover.file === null
      ? []
      : [
          `      ${colours.cyan(leftover.line === null ? leftover.file : `${leftover.file}:${leftover.line}`)}`,
        ];
  const remedy = remedyOf(leftover);
  return [
    ...(repeated ? [] : hang('      ', oneLine(leftover.hint), columns)),
    ...place,
    // Meant to be copied, so it is never broken into lines.
    ...(remedy === null ? [] : [`      ${colours.green(remedy)}`]),
  ];
}

/** What to do. The value to restore is shown already, so a sentence that only repeats it is left out. */
function remedyOf({ change, remedy }: Leftover): string | null {
  if (remedy === null || remedy.startsWith('set its ')) return null;
  return change === 'extra' ? `add: ${oneLine(remedy)}` : oneLine(remedy);
}

/** Neighbours and others with the same key together, in the order in which the keys come first. */
function groupBy<Item>(items: readonly Item[], key: (item: Item) => string): Item[][] {
  const groups = new Map<string, Item[]>();
  for (const item of items) {
    const group = groups.get(key(item));
    if (group === undefined) groups.set(key(item), [item]);
    else group.push(item);
  }
  return [...groups.values()];
}
