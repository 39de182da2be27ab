import type { EnumLabel } from '../catalog/dependencies.ts';
import { clipped } from '../sql/clip-name.ts';
import { quoteLiteral } from '../sql/quote.ts';
import type { Action } from './action.ts';
import { guarded } from './draft.ts';
import { all, labelExists, labelsInOrder, not } from './guards.ts';
import { type Knot, type Rename, untangled } from './knots.ts';
import type { Side } from './side.ts';

/** Labels of an enum keep their row of `pg_enum` when they are renamed, and with it their place. */
export function planLabelRenames(before: Side, after: Side): Action[] {
  const actions: Action[] = [];
  for (const [type, labels] of before.described.labels) {
    const object = before.byIdentity(type);
    const present = after.described.labels.get(type);
    if (object === undefined || present === undefined) continue;
    const known = new Set(present.map(({ label }) => label));
    for (const knot of untangled(renamedLabels(labels, present), known)) {
      const condition = conditionOf(object.name, knot, { was: labels, is: present });
      const draft = guarded(condition, textsOf(object.name, knot).join(';\n'));
      actions.push({ verb: 'rename', part: object.key, object, cause: 'migration', draft });
    }
  }
  return actions;
}

function renamedLabels(was: readonly EnumLabel[], is: readonly EnumLabel[]): Rename[] {
  const now = new Map(is.map(({ oid, label }) => [oid, label]));
  return was.flatMap(({ oid, label }) => {
    const from = now.get(oid);
    return from === undefined || from === label ? [] : [{ from, to: label }];
  });
}

function textsOf(type: string, { steps }: Knot<Rename>): string[] {
  const aside = new Map<string, string>();
  return steps.map((step) => {
    const from = step.kind === 'rename' ? (aside.get(step.member.from) ?? step.member.from) : step.name;
    const to = step.kind === 'rename' ? step.member.to : clipped(step.name, '__in_the_way');
    if (step.kind === 'make-way') aside.set(from, to);
    return `ALTER TYPE ${type} RENAME VALUE ${quoteLiteral(from)} TO ${quoteLiteral(to)}`;
  });
}

/** Holds before the labels are given back, and not afterwards: by a label that was not there, or by two that stood otherwise. */
function conditionOf(
  type: string,
  { members }: Knot<Rename>,
  { was, is }: { was: readonly EnumLabel[]; is: readonly EnumLabel[] },
): string {
  const placeIn = (labels: readonly EnumLabel[], wanted: string) =>
    labels.findIndex(({ label }) => label === wanted);
  const fresh = members.find(({ from }) => placeIn(was, from) < 0);
  if (fresh !== undefined) return labelExists(type, fresh.from);
  const freed = members.find(({ to }) => placeIn(is, to) < 0);
  if (freed !== undefined) return not(labelExists(type, freed.to));
  const names = members.map(({ from }) => from);
  const orders = names.flatMap((a) =>
    names
      .filter((b) => placeIn(is, a) < placeIn(is, b) && placeIn(was, a) > placeIn(was, b))
      .map((b) => labelsInOrder(type, a, b)),
  );
  return all(...orders.slice(0, 1));
}
