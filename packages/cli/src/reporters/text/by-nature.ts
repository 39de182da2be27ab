import type { MigrationReport } from '@pivotal-flow/engine';
import { counted, hang, oneLine } from '../fit.ts';
import { shownValue } from './shown-value.ts';
import type { View } from './view.ts';

/** What a rollback takes away or converts by nature: no loss, and told to those who ask for everything. */
export function byNatureLines({ discards, conversions }: MigrationReport, view: View): string[] {
  const { colours, columns, detail } = view;
  if (detail !== 'verbose') return [];
  const gone = discards.map(({ table, column, rows }) => {
    const what = column === null ? table : `${table}.${column}`;
    return `${what}: goes with the migration${rows === null ? '' : `, ${counted(rows, 'row')} here`}`;
  });
  const converted = conversions.map(({ table, column, rows, life, example }) => {
    const shown = `${shownValue(example.written)} → ${shownValue(example.cameBack)}`;
    return `${table}.${column}: written since (${life}), converted in ${counted(rows, 'row')}, for example ${shown}`;
  });
  return [...gone, ...converted].flatMap((line) => hang('  ', oneLine(line), columns).map(colours.dim));
}
