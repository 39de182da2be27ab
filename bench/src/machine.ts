import { arch, availableParallelism, cpus, platform, release, totalmem } from 'node:os';
import type { Result } from './result.ts';

/** The machine in words that mean something elsewhere: no names of hosts or folders. */
export function describeMachine(postgres: string): Result['machine'] {
  return {
    processor: cpus()[0]?.model.trim() || arch(),
    processors: availableParallelism(),
    memoryGb: Math.round(totalmem() / 2 ** 30),
    system: `${platform()} ${release().split('-')[0]} ${arch()}`,
    node: process.version,
    postgres,
  };
}
