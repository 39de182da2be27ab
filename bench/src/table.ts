import { aimsOf, ratio } from './aims.ts';
import type { ChainResult, Result } from './result.ts';

/** The result as lines for a terminal, no wider than 80 columns. */
export function tableOf(result: Result): string {
  const { processor, processors, memoryGb, node, postgres } = result.machine;
  const lines = [
    `${processor}, ${processors} processors, ${memoryGb} GB, Node ${node}, PostgreSQL ${postgres}`,
    `medians of ${result.runs} runs; 1× is applying the forward scripts over one connection`,
  ];
  for (const chain of result.chains) lines.push('', `${chain.length} migrations`, ...chainLines(chain));
  lines.push(
    '',
    'Aims',
    ...aimsOf(result).map(({ what, aim, figure }) => `  ${what}: ${verdict(figure, aim)}`),
  );
  return lines.join('\n');
}

function chainLines(chain: ChainResult): string[] {
  return chain.contenders.map((contender) => {
    const name = `  ${contender.name.padEnd(18)}`;
    if ('failure' in contender) return `${name} failed: ${contender.failure.split('\n')[0]}`;
    const { median, least, most } = contender.ms;
    const times = (ratio(chain, contender.name) ?? 0).toFixed(1);
    const each = (median / chain.length).toFixed(2);
    return `${name} ${times.padStart(5)}×  ${ms(median).padStart(6)} ms  (${ms(least)}–${ms(most)})  ${each} ms each`;
  });
}

/** A figure beside its aim, in words. */
export function verdict(figure: number | null, aim: number): string {
  if (figure === null) return `not measured (aim ${aim}×)`;
  return `${figure.toFixed(2)}× (aim ${aim}×, ${figure <= aim ? 'met' : 'missed'})`;
}

function ms(value: number): string {
  return Math.round(value).toString();
}
