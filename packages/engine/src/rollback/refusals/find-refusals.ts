import type { Action } from '../action.ts';
import { type Alteration, Attributes } from '../attributes.ts';
import { existenceOf } from '../existence.ts';
import { constraintIsNotValid, mayBeNull, not } from '../guards.ts';
import type { Intents } from '../intents.ts';
import { isOfDomain } from '../kinds/constraint.ts';
import { inheritedFrom } from '../membership.ts';
import { columnName, ownNameOn } from '../own-name.ts';
import { notNullPart, type Sides } from '../side.ts';
import { nullsIn, refusalsOfConstraint } from './constraint-refusals.ts';
import { nullsOfDomain } from './domain-refusals.ts';
import { refusalsOfIndex } from './index-refusals.ts';
import { refusalsOfNewColumn } from './new-column-refusals.ts';
import type { Refusal } from './refusal.ts';
import { refusalsOfLabels, refusalsOfType } from './type-refusals.ts';

/**
 * The rows that a step may refuse. What is only put back since it was in the way refuses none: it was there when they were
 * written.
 */
export function refusalsOf(action: Action, intents: Intents, sides: Sides): Refusal[] {
  if (action.verb === 'create') return ofCreated(action, intents, sides);
  const change = intents.alters.get(action.part);
  if (action.verb !== 'alter') return [];
  switch (action.object.traits.kind) {
    case 'column':
      return [
        ...(intents.retyped.has(action.part) ? refusalsOfLabels(action.object, sides) : []),
        ...(change === undefined ? [] : ofChangedColumn(change, sides)),
      ];
    case 'constraint':
      return change?.differs('validated') === true ? ofValidated(action, sides) : [];
    case 'domain':
      return change?.differs('notNull') === true && change.was.is('notNull')
        ? nullsOfDomain(action.object, sides)
        : [];
    default:
      return [];
  }
}

function ofCreated({ part, object, cause }: Action, intents: Intents, sides: Sides): Refusal[] {
  if (cause === 'in-the-way' || isFilledFromStash(part, intents, sides)) return [];
  if (part === notNullPart(object)) {
    const parent = inheritedFrom(object, sides.before);
    // Its rows are counted with those of the parent.
    if (parent !== null && intents.creates.has(notNullPart({ key: parent }))) return [];
    const column = columnName(object);
    return nullsIn(object.table ?? '', column, mayBeNull(object.table ?? '', column));
  }
  if (part !== object.key) return [];
  // One of the same name is there where it is made anew.
  const exists = cause === 'migration' ? existenceOf(object) : null;
  const onlyIf = exists === null ? null : not(exists);
  if (object.traits.kind === 'column')
    return refusalsOfNewColumn(object, { onlyIf, isFilledLater: intents.filledLater.has(part) }, sides);
  if (object.traits.kind === 'index') return refusalsOfIndex(object, onlyIf, sides);
  return object.traits.kind === 'constraint' ? refusalsOfConstraint(object, onlyIf, sides) : [];
}

/** NOT NULL of a column that is filled from a stash, which looks by itself whether every row has a value. */
function isFilledFromStash(part: string, { filledLater }: Intents, { before }: Sides): boolean {
  const object = before.objectOf(part);
  if (object === undefined) return false;
  if (part === notNullPart(object)) return filledLater.has(object.key);
  const definition = new Attributes(object).text('definition') ?? '';
  return definition.startsWith('NOT NULL ') && before.needs(part).some((need) => filledLater.has(need.part));
}

/** NOT NULL is a step of its own, unless it comes with an identity. */
function ofChangedColumn(change: Alteration, sides: Sides): Refusal[] {
  const { before: column, was } = change;
  const isWithIdentity = change.differs('identity') && was.text('identity') !== null;
  const becomesNotNull = isWithIdentity && change.differs('notNull') && was.is('notNull');
  const [table, name] = [column.table ?? '', columnName(column)];
  return [
    ...refusalsOfType(change, sides),
    ...(becomesNotNull ? nullsIn(table, name, mayBeNull(table, name)) : []),
  ];
}

function ofValidated({ object }: Action, sides: Sides): Refusal[] {
  const onlyIf = isOfDomain(object) ? null : constraintIsNotValid(object.table ?? '', ownNameOn(object));
  return refusalsOfConstraint(object, onlyIf, sides);
}
