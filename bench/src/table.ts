import { aimsOf, ratioToFirst } from './aims.ts';
import type { Measured, Result } from './result.ts';

/** The result as lines for a terminal, no wider than 80 columns. */
export function tableOf(result: Result): string {
  const { processor, processors, memoryGb, node, postgres } = result.machine;
  const lines = [
    `${processor}, ${processors} processors, ${memoryGb} GB, Node ${node}, PostgreSQL ${postgres}`,
    `medians of ${result.runs} runs; 1× is the first line of each part`,
  ];
  for (const { length, contenders } of result.chains) {
    lines.push('', `${length} migrations`, ...contenders.map((one) => line(one, contenders, length)));
  }
  for (const { tables, postgres: version, contenders } of result.snapshots) {
    const heading = `the schema of ${tables} tables, PostgreSQL ${version}`;
    lines.push('', heading, ...contenders.map((one) => line(one, contenders, null)));
  }
  if (result.start !== null) {
    const { node, help } = result.start;
    const beyond = ms(help.median - node.median);
    lines.push(
      '',
      `start of --help: ${beyond} ms beyond Node's own (${ms(help.median)} and ${ms(node.median)})`,
    );
  }
  lines.push(
    '',
    'Aims',
    ...aimsOf(result).map(({ what, aim, figure }) => `  ${what}: ${verdict(figure, aim)}`),
  );
  return lines.join('\n');
}

/** @param steps how many of the same make the time, to say how long one takes; `null` for a time that is of one thing */
function line(one: Measured, all: readonly Measured[], steps: number | null): string {
  const name = `  ${one.name.padEnd(24)}`;
  if ('failure' in one) return `${name} failed: ${one.failure.split('\n')[0]}`;
  const { median, least, most } = one.ms;
  const times = (ratioToFirst(all, one.name) ?? Number.NaN).toFixed(2);
  const each = steps === null ? '' : `  ${(median / steps).toFixed(2)} ms each`;
  return `${name} ${times.padStart(5)}×  ${ms(median).padStart(5)} ms  (${ms(least)}–${ms(most)})${each}`;
}

/** A figure beside its aim, in words. */
export function verdict(figure: number | null, aim: number): string {
  if (figure === null) return `not measured (aim ${aim}×)`;
  return `${figure.toFixed(2)}× (aim ${aim}×, ${figure <= aim ? 'met' : 'missed'})`;
}

function ms(value: number): string {
  return Math.round(value).toString();
}
