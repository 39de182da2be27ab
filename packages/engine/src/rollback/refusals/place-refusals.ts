import type { Kind } from '../../catalog/model.ts';
import type { Action } from '../action.ts';
import { Attributes } from '../attributes.ts';
import { type Draft, inOrder } from '../draft.ts';
import type { Intents } from '../intents.ts';
import { isRetyped } from '../kinds/column.ts';
import { notNullPart, type Sides } from '../side.ts';
import { holdsOldValues } from '../stash/stash-columns.ts';
import type { StashPlan } from '../stash/stash-plan.ts';
import { refusalsOf } from './find-refusals.ts';
import type { Refusal } from './refusal.ts';
import { refusalBlock } from './refusal-block.ts';
import { refusalsOfRestoring } from './restoring-refusals.ts';

/** What is known where refusals are placed. */
interface Given {
  readonly intents: Intents;
  readonly sides: Sides;
  readonly stash: StashPlan | null;
}

/** Steps, and what is asked before the first of them. */
export interface Guarded {
  readonly actions: readonly Action[];
  readonly refusals: readonly Refusal[];
}

/**
 * Has rows that are in the way counted: before everything else where that can be told of the tables as they are, and otherwise
 * right before the steps, when values have been converted or are back from the stash.
 */
export function placeRefusals(actions: readonly Action[], given: Given): Guarded {
  const first: Refusal[] = [];
  const late = new Map<Action, Refusal[]>();
  let opening: Action | null = null;
  for (const action of actions) {
    if (!watches(action)) opening = null;
    const found = refusalsIn(action, given);
    const early = found.filter((refusal) => canBeAskedFirst(action, refusal, given));
    const others = found.filter((refusal) => !early.includes(refusal));
    first.push(...early);
    if (others.length === 0) continue;
    // What is only watched over does not change meanwhile, so that all of it can be told at once.
    opening ??= action;
    late.set(opening, [...(late.get(opening) ?? []), ...others]);
    if (!watches(action)) opening = null;
  }
  return {
    actions: actions.map((action) => guarded(action, late.get(action) ?? [])),
    refusals: first.map((refusal) => withLocksOf(refusal, actions)),
  };
}

function refusalsIn(action: Action, given: Given): Refusal[] {
  const { intents, sides, stash } = given;
  if (action.verb === 'restore' && stash !== null) return refusalsOfRestoring(action, { sides, stash });
  return holdsRows(action, given) ? refusalsOf(action, intents, sides) : [];
}

/** Whether a step changes neither a value nor what a condition means. */
function watches({ verb, part, object }: Action): boolean {
  return verb === 'create' && (KEYS.has(object.traits.kind) || part === notNullPart(object));
}

function guarded(action: Action, refusals: readonly Refusal[]): Action {
  if (refusals.length === 0) return action;
  const block: Draft = { kind: 'statements', statements: [refusalBlock(refusals, 'rows')], leftovers: [] };
  return { ...action, draft: inOrder(block, action.draft) };
}

/** A table that is made anew without a stash has no rows. */
function holdsRows({ object }: Action, given: Given): boolean {
  return !given.intents.creates.has(`table ${object.table}`) || isStashed(object.table, given);
}

/** Rows of a partition are set aside with those of the whole table. */
function isStashed(table: string | null, given: Given): boolean {
  if (given.stash?.tables.some(({ before }) => before.name === table) === true) return true;
  const whole = given.sides.before.get(`table ${table}`)?.parent?.replace(/^table /, '') ?? null;
  return whole !== null && isStashed(whole, given);
}

/** An alteration is about values as they are; whatever is made has to find all that it needs as it will be. */
function canBeAskedFirst({ verb, part, object }: Action, refusal: Refusal, given: Given): boolean {
  const {
    intents,
    sides: { before },
    stash,
  } = given;
  if (verb === 'alter' && object.traits.kind === 'column') return !comesBackEarly(object.key, stash);
  // Whatever the rows hold, there are some.
  if (verb === 'create' && object.traits.kind === 'column' && part === object.key) return true;
  if (verb === 'restore') return refusal.reads.every((key) => isAsItWillBe(key, intents));
  if ([...refusal.locks.keys()].some((table) => isStashed(table, given))) return false;
  const needs = before.needs(part).flatMap((need) => before.objectOf(need.part) ?? []);
  const read = needs.filter(({ traits }) => !KEYS.has(traits.kind)).map(({ key }) => key);
  const own = part === object.key ? [] : [object.key];
  return [...own, ...read, ...refusal.reads].every((key) => isAsItWillBe(key, intents));
}

/** Such values are put back before the column gets its type, and only then others are in the way. */
function comesBackEarly(key: string, stash: StashPlan | null): boolean {
  const columns = (stash?.tables ?? []).flatMap((table) => table.columns);
  return columns.some((column) => column.before.key === key && holdsOldValues(column));
}

/** A foreign key needs the one that it refers to; rows are found without. */
const KEYS: ReadonlySet<Kind> = new Set(['constraint', 'index']);

/** What is changed about these changes no value, and not what a condition means. */
const HOLDERS: ReadonlySet<Kind> = new Set(['schema', 'extension', 'table', 'domain']);

function isAsItWillBe(key: string, intents: Intents): boolean {
  if (!intents.stays(key) || intents.aside.has(key) || intents.retyped.has(key)) return false;
  const change = intents.alters.get(key);
  if (change === undefined) return true;
  const { kind } = change.before.traits;
  return kind === 'column' ? !isRetyped(change) : HOLDERS.has(kind);
}

/** Where a later step keeps readers out as well, so does the count: two that wait for a stronger lock wait for each other. */
function withLocksOf(refusal: Refusal, actions: readonly Action[]): Refusal {
  const isAlone = (table: string) =>
    actions.some((action) => action.object.table === table && keepsReadersOut(action));
  const locks = [...refusal.locks].map(
    ([table, mode]) => [table, isAlone(table) ? 'ACCESS EXCLUSIVE' : mode] as const,
  );
  return { ...refusal, locks: new Map(locks) };
}

/** Whether a step takes a lock on its table under which nobody may read it. */
export function keepsReadersOut({ verb, object }: Action): boolean {
  const { kind } = object.traits;
  const isForeignKey = new Attributes(object).text('definition')?.startsWith('FOREIGN KEY ') === true;
  if (verb === 'restore') return false;
  return verb !== 'create' || !(isForeignKey || kind === 'index' || kind === 'trigger');
}
