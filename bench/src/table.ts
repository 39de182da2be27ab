import { type Aim, aimsOf, ratioToFirst, rowsPerSecond } from './aims.ts';
import type { Measured, Result } from './result.ts';

/** The result as lines for a terminal, no wider than 80 columns. */
export function tableOf(result: Result): string {
  const { processor, processors, memoryGb, node, postgres } = result.machine;
  const lines = [
    `${processor}, ${processors} processors, ${memoryGb} GB, Node ${node}, PostgreSQL ${postgres}`,
    `medians of ${result.runs} runs; 1× is the first line of each part`,
    ...result.earlier.map(({ part, date }) => `${part}: kept from ${date}`),
  ];
  for (const { length, contenders } of result.chains) {
    const each = (median: number) => `${(median / length).toFixed(2)} ms each`;
    lines.push('', `${length} migrations`, ...contenders.map((one) => line(one, contenders, each)));
  }
  for (const { tables, postgres: version, contenders } of result.snapshots) {
    const heading = `the schema of ${tables} tables, PostgreSQL ${version}`;
    lines.push('', heading, ...contenders.map((one) => line(one, contenders, null)));
  }
  if (result.synthesis !== null) {
    const { tables, postgres: version, contenders } = result.synthesis;
    const heading = `one rollback at ${tables} tables, PostgreSQL ${version}`;
    lines.push('', heading, ...contenders.map((one) => line(one, contenders, null)));
  }
  for (const { rows, postgres: version, contenders } of result.fingerprints) {
    const speed = (median: number) => `${rowsPerSecond(rows, median)} rows/s`;
    const heading = `a table of ${rows} rows, PostgreSQL ${version}`;
    lines.push('', heading, ...contenders.map((one) => line(one, contenders, speed)));
  }
  if (result.proof !== null) {
    const { migrations, contenders } = result.proof;
    const each = (median: number) => `${(median / migrations).toFixed(2)} ms each`;
    const heading = `the ${migrations} migrations of the backend, as a process`;
    lines.push('', heading, ...contenders.map((one) => line(one, contenders, each)));
  }
  if (result.start !== null) {
    const { node, help } = result.start;
    const beyond = ms(help.median - node.median);
    lines.push(
      '',
      `start of --help: ${beyond} ms beyond Node's own (${ms(help.median)} and ${ms(node.median)})`,
    );
  }
  lines.push('', 'Aims', ...aimsOf(result).map((aim) => `  ${aim.what}: ${verdict(aim)}`));
  return lines.join('\n');
}

/** @param more what else the median says; `null` for nothing */
function line(one: Measured, all: readonly Measured[], more: ((median: number) => string) | null): string {
  const name = `  ${one.name.padEnd(24)}`;
  if ('failure' in one) return `${name} failed: ${one.failure.split('\n')[0]}`;
  const { median, least, most } = one.ms;
  const times = (ratioToFirst(all, one.name) ?? Number.NaN).toFixed(2);
  const end = more === null ? '' : `  ${more(median)}`;
  return `${name} ${times.padStart(5)}×  ${ms(median).padStart(5)} ms  (${ms(least)}–${ms(most)})${end}`;
}

/** A figure beside its aim, in words. */
export function verdict({ figure, aim, unit }: Aim): string {
  if (figure === null) return `not measured (aim ${aim}${unit})`;
  return `${figure.toFixed(2)}${unit} (aim ${aim}${unit}, ${figure <= aim ? 'met' : 'missed'})`;
}

function ms(value: number): string {
  return Math.round(value).toString();
}
