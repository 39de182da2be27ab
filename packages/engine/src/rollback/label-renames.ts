import type { EnumLabel } from '../catalog/dependencies.ts';
import { clipped } from '../sql/clip-name.ts';
import { quoteLiteral } from '../sql/quote.ts';
import type { ObjectAction } from './action.ts';
import { guarded, inOrder } from './draft.ts';
import { labelExists } from './guards.ts';
import type { Side } from './side.ts';

/** Labels of an enum keep their row of `pg_enum` when they are renamed. */
export function planLabelRenames(before: Side, after: Side): ObjectAction[] {
  const actions: ObjectAction[] = [];
  for (const [type, labels] of before.described.labels) {
    const object = before.byIdentity(type);
    const present = after.described.labels.get(type);
    if (object === undefined || present === undefined) continue;
    const renames = renamedLabels(labels, present);
    if (renames.length === 0) continue;
    const drafts = renames.map(([from, to]) =>
      guarded(
        labelExists(object.name, from),
        `ALTER TYPE ${object.name} RENAME VALUE ${quoteLiteral(from)} TO ${quoteLiteral(to)}`,
      ),
    );
    actions.push({ verb: 'rename', part: object.key, object, cause: 'migration', draft: inOrder(...drafts) });
  }
  return actions;
}

/** Pairs of labels, in an order in which every new one is free; one makes way where they go round in a circle. */
function renamedLabels(was: readonly EnumLabel[], is: readonly EnumLabel[]): [string, string][] {
  const now = new Map(is.map(({ oid, label }) => [oid, label]));
  const steps: [string, string][] = [];
  let waiting = was.filter(({ oid, label }) => now.has(oid) && now.get(oid) !== label);
  while (waiting.length > 0) {
    const held = new Set(now.values());
    const next = waiting.find(({ label }) => !held.has(label));
    const [first] = waiting;
    if (next !== undefined) {
      steps.push([now.get(next.oid) ?? '', next.label]);
      now.set(next.oid, next.label);
      waiting = waiting.filter((one) => one !== next);
    } else if (first !== undefined) {
      const holder = [...now].find(([, label]) => label === first.label)?.[0] ?? first.oid;
      const away = clipped(now.get(holder) ?? '', '__in_the_way');
      steps.push([now.get(holder) ?? '', away]);
      now.set(holder, away);
    }
  }
  return steps;
}
