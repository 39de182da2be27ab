import { KINDS } from '../catalog/model.ts';
import { type Action, VERBS } from './action.ts';
import { edgesBetween } from './edges.ts';
import { type Asked, Intents } from './intents.ts';
import { Membership, type Separately } from './membership.ts';
import { inTopologicalOrder } from './order.ts';
import { type Guarded, placeRefusals } from './refusals/place-refusals.ts';
import type { Refusal } from './refusals/refusal.ts';
import { rolesThatGo, whileRolesAreThere } from './roles-that-go.ts';
import type { Sides } from './side.ts';
import { stepsFor } from './steps.ts';

/** Steps that lead from one catalog to another in which names mean the same. */
export interface Plan {
  readonly actions: readonly Action[];
  /** What they do not bring back, in words. */
  readonly leftovers: readonly string[];
  /** What they bring back otherwise than it was, in words. */
  readonly notes: readonly string[];
}

/** The way back, and what may be in it. */
export interface Restoration extends Plan {
  /** Rows that steps would refuse, to be counted before the first of them. */
  readonly refusals: readonly Refusal[];
}

/** Circles are broken by doing separately what is usually done along with something else. */
const ATTEMPTS: readonly Separately[] = [
  { foreignKeys: false, constraints: false, queries: false },
  { foreignKeys: true, constraints: false, queries: false },
  { foreignKeys: true, constraints: true, queries: false },
  { foreignKeys: true, constraints: true, queries: true },
];

/**
 * Plans the way from the catalog as it is to the one before. What bears another name has to be renamed already.
 */
export function planRestoration(sides: Sides, asked: Asked): Restoration {
  const { stash } = asked;
  const intents = new Intents(sides, asked);
  let circle: readonly string[] = [];
  for (const separately of ATTEMPTS) {
    const membership = new Membership(intents, sides, separately);
    const actions = stepsFor(intents, membership, { ...sides, stash });
    const edges = edgesBetween(actions, membership, sides);
    const ordering = inTopologicalOrder([...actions.keys()].sort(byWish(actions)), edges);
    if (ordering.kind === 'circular') {
      circle = ordering.nodes;
      continue;
    }
    const inOrder = ordering.nodes.flatMap((id) => actions.get(id) ?? []);
    const going = rolesThatGo(actions);
    const steps = inOrder.map((action) => whileRolesAreThere(action, going));
    return settled(placeRefusals(steps, { intents, sides, stash }), intents);
  }
  if (intents.moves.size > 0) return appended(sides, asked, intents);
  return {
    actions: [],
    notes: [],
    refusals: [],
    leftovers: [`steps that each have to come before the other: ${circle.join(', ')}`],
  };
}

/** Where columns cannot be moved since each step would have to come before the other, they come back behind the others. */
function appended(sides: Sides, asked: Asked, { moves }: Intents): Restoration {
  const plan = planRestoration(sides, { ...asked, columnOrder: 'append' });
  const notes = [...moves.values()].map(
    ({ table }) =>
      `columns of ${table.name} come back behind the others, since what they need needs columns behind them`,
  );
  return { ...plan, notes };
}

function settled({ actions, refusals }: Guarded, { leftovers, notes }: Intents): Restoration {
  const unwritten = actions.flatMap(({ draft }) => draft.leftovers);
  const written = actions.filter(({ draft }) => draft.statements.length > 0);
  return { actions: written, refusals, leftovers: [...new Set([...leftovers, ...unwritten])], notes };
}

/** Takes things down from the outside in, and builds them from the inside out, kind by kind. */
function byWish(actions: ReadonlyMap<string, Action>): (a: string, b: string) => number {
  return (a, b) => {
    const [one, other] = [actions.get(a), actions.get(b)];
    if (one === undefined || other === undefined) return 0;
    const verbs = VERBS.indexOf(one.verb) - VERBS.indexOf(other.verb);
    const kinds = KINDS.indexOf(one.object.traits.kind) - KINDS.indexOf(other.object.traits.kind);
    const direction = one.verb === 'drop' ? -1 : 1;
    return verbs || kinds * direction || placeOf(one) - placeOf(other) || (a < b ? -1 : 1);
  };
}

function placeOf({ object }: Action): number {
  return object.position ?? 0;
}
