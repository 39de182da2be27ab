import type { MigrationReport, Report } from '@pivotal-flow/engine';
import { hang, oneLine } from '../fit.ts';
import type { View } from './view.ts';

/** Which scripts were written, and which are only drafts. */
export function writtenLines({ command, migrations }: Report, view: View): string[] {
  if (command !== 'synthesize') return [];
  const lines = migrations.flatMap(({ synthesized }) =>
    synthesized === null ? [] : scriptLines(synthesized, view),
  );
  return lines.length === 0 ? [] : [view.colours.bold('Scripts'), ...lines];
}

type Script = NonNullable<MigrationReport['synthesized']>;

function scriptLines(
  { file, state, stash, unwritten }: Script,
  { colours, columns, detail }: View,
): string[] {
  if (detail === 'quiet' && state !== 'draft') return [];
  const beside = stash === null ? '' : ` and ${stash.file}`;
  const told = `${STATES[state]} ${file}${beside}`;
  return [
    ...hang('  ', told, columns).map(state === 'draft' ? colours.yellow : colours.green),
    ...unwritten.flatMap((text) => hang('    left to write by hand: ', oneLine(text), columns)),
  ];
}

const STATES: Readonly<Record<Script['state'], string>> = {
  written: 'written',
  'not-written': 'could be written:',
  draft: 'draft, not proven:',
};
