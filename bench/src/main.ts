import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { surroundingsOf } from '@pivotal-flow/engine';
import { openServer } from '../../packages/engine/src/postgres/open-server.ts';
import { describeMachine } from './machine.ts';
import { measureChain } from './measure-chains.ts';
import { type ChainResult, RESULT, type Result } from './result.ts';
import { tableOf } from './table.ts';

const RESULTS = fileURLToPath(new URL('../results/', import.meta.url));

const say = (message: string): void => void process.stderr.write(`${message}\n`);

const { values } = parseArgs({
  options: {
    lengths: { type: 'string', default: '100,300,1000' },
    runs: { type: 'string', default: '3' },
    save: { type: 'boolean', default: false },
  },
});

const runs = Number(values.runs);
const lengths = values.lengths.split(',').map(Number);
if (
  !Number.isInteger(runs) ||
  runs < 1 ||
  !lengths.every((length) => Number.isInteger(length) && length > 0)
) {
  say('usage: bench [--lengths 100,300,1000] [--runs 3] [--save]   (whole numbers above zero)');
  process.exit(2);
}

const server = await openServer({ kind: 'embedded', major: null }, surroundingsOf(process, say));
try {
  const chains: ChainResult[] = [];
  for (const length of lengths) {
    chains.push(await measureChain(server, { length, runs, tell: say }));
  }
  const date = new Date().toISOString().slice(0, 10);
  const result: Result = RESULT.parse({ date, machine: describeMachine(server.version), runs, chains });
  process.stdout.write(`${tableOf(result)}\n`);
  if (values.save) save(result);
} finally {
  await server.close();
}

function save(result: Result): void {
  const machine = result.machine.processor
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, `${result.date}-${machine}.json`), `${JSON.stringify(result, null, 2)}\n`);
}
