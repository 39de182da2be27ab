import type { Kind } from '../catalog/model.ts';
import type { Action } from './action.ts';
import { dollarTag } from './dollar-tag.ts';
import type { StatementDraft } from './draft.ts';
import { attachedPart, defaultOf, ownerPart } from './side.ts';

/** What stands above the first statement of a rollback script; the policy's form. */
export interface RollbackHeader {
  /** Id of the migration, such as `0007_add_export_jobs`. */
  readonly migration: string;
  /** What the migration is for, in words. */
  readonly description: string;
  /** `2026-11-22` */
  readonly date: string;
}

/** Writes steps as a script in the policy's form. */
export function rollbackText(
  header: RollbackHeader,
  actions: readonly Action[],
  leftovers: readonly string[] = [],
): string {
  const lines = [
    `-- Rollback Migration: ${header.description}`,
    `-- Date: ${header.date}`,
    `-- Purpose: Rollback changes from ${header.migration}`,
    ...leftoverLines(leftovers),
  ];
  const groups = grouped(actions).map((group) =>
    [commentOf(group), ...group.flatMap(statementsOf)].join('\n'),
  );
  return `${[lines.join('\n'), ...groups].join('\n\n')}\n`;
}

function leftoverLines(leftovers: readonly string[]): string[] {
  if (leftovers.length === 0) return [];
  return [
    '--',
    '-- UNPROVEN: this draft does not bring back everything. To be written by hand:',
    ...leftovers.map((text) => `--   ${text.replaceAll('\n', ' ')}`),
  ];
}

/** Steps in a row that do the same to objects of one kind share a comment. */
function grouped(actions: readonly Action[]): Action[][] {
  const groups: Action[][] = [];
  for (const action of actions) {
    const last = groups.at(-1);
    if (last !== undefined && commentKey(last[0]) === commentKey(action)) last.push(action);
    else groups.push([action]);
  }
  return groups;
}

function commentKey(action: Action | undefined): string {
  return action === undefined
    ? ''
    : `${action.verb} ${action.cause} ${action.object.traits.kind} ${isPartOnly(action)}`;
}

function isPartOnly({ part, object }: Action): boolean {
  return [defaultOf(object), ownerPart(object), attachedPart(object)].includes(part);
}

function commentOf(group: readonly Action[]): string {
  const [first] = group;
  if (first === undefined) return '';
  const several = group.length > 1 || first.verb === 'exchange';
  const sentence = sentenceOf(first, subjectOf(first, several));
  return `-- ${several ? sentence.replace(/ as it was$/, ' as they were') : sentence}`;
}

function sentenceOf({ verb, cause, part, object }: Action, what: string): string {
  if (part === attachedPart(object)) return `Attach ${what}`;
  switch (verb) {
    case 'rename':
      return `Give back the old name to ${what}`;
    case 'exchange':
      return `Give back the old names to ${what}`;
    case 'drop':
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
  if (action.part === attachedPart(action.object)) return several ? 'the partitions' : 'the partition';
  if (isPartOnly(action))
    return action.part === ownerPart(action.object)
      ? `the owner of the ${noun}`
      : `the default of the ${noun}`;
  return `the ${noun}`;
}

function statementsOf({ draft }: Action): string[] {
  return draft.statements.map(statementText);
}

/** A condition that SQL has no words for is asked by a DO block. */
function statementText({ sql, onlyIf }: StatementDraft): string {
  if (onlyIf === null) return `${sql};`;
  const tag = dollarTag('rollback', sql + onlyIf);
  return [
    `DO ${tag}`,
    'BEGIN',
    `  IF ${onlyIf} THEN`,
    ...`${sql};`.split('\n').map((line, place) => (place === 0 ? `    ${line}` : line)),
    '  END IF;',
    'END',
    `${tag};`,
  ].join('\n');
}
