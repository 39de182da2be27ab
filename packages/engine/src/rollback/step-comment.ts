import type { Kind } from '../catalog/model.ts';
import { comment } from '../sql/comment.ts';
import type { Action, Step, WholeStep } from './action.ts';

/** Steps in a row that do the same to objects of one kind share a comment. */
export function grouped(actions: readonly Step[]): Step[][] {
  const groups: Step[][] = [];
  for (const action of actions) {
    const last = groups.at(-1);
    if (last?.[0] !== undefined && likeness(last[0]) === likeness(action)) last.push(action);
    else groups.push([action]);
  }
  return groups;
}

function likeness(action: Step): string {
  if (!('object' in action)) return action.verb;
  if (action.cause === 'in-the-way-of-order') return action.cause;
  return `${action.verb} ${action.cause} ${action.object.traits.kind} ${endOf(action)}`;
}

/** What a step says above its statements: what it undoes. */
export function commentOf(group: readonly Step[]): string {
  const [first] = group;
  if (first === undefined) return '';
  if (!('object' in first)) return comment(OF_THE_WHOLE[first.verb]);

  const several = group.length > 1 || first.verb === 'exchange';
  const sentence = sentenceOf(first, subjectOf(first, several));
  const told = several ? sentence.replace(/ as it was$/, ' as they were') : sentence;
  return [told, ...(endOf(first) === '#order' ? [IS_LOCKED] : [])].map(comment).join('\n');
}

const OF_THE_WHOLE: Readonly<Record<WholeStep['verb'], string>> = {
  check: 'Look first whether what the migration destroyed was set aside, and can come back',
  count: 'Look first whether rows that were written since are in the way',
  settle: 'What was set aside is back',
};

function sentenceOf(action: Action, what: string): string {
  const { verb, cause } = action;
  if (endOf(action) === '#attached') return `Attach ${what}`;
  if (endOf(action) === '#order') return orderSentence(what);
  if (endOf(action) === '#columns')
    return verb === 'drop'
      ? `Let ${what} go of the function that gives its rows`
      : `Make ${what} without its query, for the function that gives its rows`;
  switch (verb) {
    case 'restore':
      if (endOf(action) === '#taken') return `Take away the rows that the migration brought to ${what}`;
      return `Bring back what ${what} held`;
    case 'rename':
      return `Give back the old name to ${what}`;
    case 'exchange':
      return `Give back the old names to ${what}`;
    case 'drop':
      if (cause === 'in-the-way-of-order')
        return 'Take down what stands on columns that go back to their places';
      if (cause === 'migration') return `Remove ${what} that the migration made`;
      return cause === 'made-anew'
        ? `Remove ${what} as the migration left it`
        : `Take down ${what} that would be in the way`;
    case 'set-aside':
      return `Set aside ${what} as the migration left it`;
    case 'alter':
      return cause === 'migration' ? `Change back ${what}` : `Give ${what} the type as it was`;
    case 'create':
      if (cause === 'in-the-way') return `Put back ${what}`;
      return `Bring back ${what} as it was`;
    case 'drop-aside':
      return `Remove ${what} that was set aside`;
  }
}

function orderSentence(tables: string): string {
  return `Bring back the order of the columns of ${tables}: those behind the first that is out of place are made anew.`;
}

/** A lock that lasts is told before it is taken. */
const IS_LOCKED =
  'Each table is rewritten once, and nobody else reads or writes it from here to the end of the transaction';

const PLURALS: Partial<Record<Kind, string>> = {
  index: 'indexes',
  policy: 'policies',
  'materialized-view': 'materialized views',
  statistics: 'statistics',
  'default-privileges': 'default privileges',
  composite: 'types',
  enum: 'types',
  range: 'types',
  routine: 'functions',
};

const SINGULARS: Partial<Record<Kind, string>> = {
  enum: 'type',
  composite: 'type',
  range: 'type',
  routine: 'function',
};

function subjectOf(action: Action, several: boolean): string {
  const { kind } = action.object.traits;
  const noun = several
    ? (PLURALS[kind] ?? `${kind.replaceAll('-', ' ')}s`)
    : (SINGULARS[kind] ?? kind.replaceAll('-', ' '));
  if (endOf(action) === '#attached') return several ? 'the partitions' : 'the partition';
  const part = PARTS[endOf(action)];
  if (part !== undefined) return `${part} of the ${noun}`;
  return `the ${noun}`;
}

/** What of an object a step is about, where it is not all of it. */
const PARTS: Readonly<Record<string, string>> = {
  '#default': 'the default',
  '#owner': 'the owner',
  '#not-null': 'NOT NULL',
};

function endOf({ part, object }: Action): string {
  return part.startsWith(object.key) ? part.slice(object.key.length) : '';
}
