import { buildCommandLine, COMMAND_LINE, runNode } from './command-line.ts';
import type { StartResult } from './result.ts';
import { sampleOf } from './statistics.ts';

/** Processes start within some tens of milliseconds, so that more pairs are needed than runs of a chain. */
const PAIRS_PER_RUN = 5;

/**
 * Times the start of the built command line beside the start of Node.js with nothing to do, one after the other in pairs.
 * @param runs as many times five pairs count
 * @param tell receives progress
 * @throws Error when the command line cannot be built or started
 */
export async function measureStart({
  runs,
  tell,
}: {
  runs: number;
  tell: (message: string) => void;
}): Promise<StartResult> {
  tell('building the command line');
  await buildCommandLine();
  tell('starting the command line');
  const node: number[] = [];
  const help: number[] = [];
  for (let pair = 0; pair <= runs * PAIRS_PER_RUN; pair += 1) {
    const [bare, command] = [await timeOf(['-e', '0']), await timeOf([COMMAND_LINE, '--help'])];
    if (pair === 0) continue;
    node.push(bare);
    help.push(command);
  }
  return { node: sampleOf(node), help: sampleOf(help) };
}

async function timeOf(command: readonly string[]): Promise<number> {
  const started = performance.now();
  await runNode(command);
  return performance.now() - started;
}
