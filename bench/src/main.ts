import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { surroundingsOf } from '@pivotal-flow/engine';
import { openServer } from '../../packages/engine/src/postgres/open-server.ts';
import { describeMachine } from './machine.ts';
import { measureChain } from './measure-chains.ts';
import { measureSnapshots } from './measure-snapshots.ts';
import { measureStart } from './measure-start.ts';
import { type ChainResult, RESULT, type Result } from './result.ts';
import { tableOf } from './table.ts';

const RESULTS = fileURLToPath(new URL('../results/', import.meta.url));

const say = (message: string): void => void process.stderr.write(`${message}\n`);

const PARTS = ['chains', 'snapshot', 'start'] as const;
const TABLES = 1000;

const { values } = parseArgs({
  options: {
    only: { type: 'string', default: PARTS.join(',') },
    lengths: { type: 'string', default: '100,300,1000' },
    runs: { type: 'string', default: '3' },
    save: { type: 'boolean', default: false },
  },
});

const runs = Number(values.runs);
const lengths = values.lengths.split(',').map(Number);
const parts = values.only.split(',');
const isWhole = (value: number) => Number.isInteger(value) && value > 0;
if (
  !isWhole(runs) ||
  !lengths.every(isWhole) ||
  !parts.every((part) => PARTS.some((name) => name === part))
) {
  say('usage: bench [--only chains,snapshot,start] [--lengths 100,300,1000] [--runs 3] [--save]');
  process.exit(2);
}

const server = await openServer({ kind: 'embedded', major: null }, surroundingsOf(process, say));
try {
  const result = RESULT.parse(await measure());
  process.stdout.write(`${tableOf(result)}\n`);
  if (values.save) save(result);
} finally {
  await server.close();
}

async function measure(): Promise<Result> {
  const chains: ChainResult[] = [];
  for (const length of parts.includes('chains') ? lengths : []) {
    chains.push(await measureChain(server, { length, runs, tell: say }));
  }
  return {
    date: new Date().toISOString().slice(0, 10),
    machine: describeMachine(server.version),
    runs,
    chains,
    snapshots: parts.includes('snapshot') ? await measureSnapshots({ tables: TABLES, runs, tell: say }) : [],
    start: parts.includes('start') ? await measureStart({ runs, tell: say }) : null,
  };
}

function save(result: Result): void {
  const machine = result.machine.processor
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '');
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, `${result.date}-${machine}.json`), `${JSON.stringify(result, null, 2)}\n`);
}
