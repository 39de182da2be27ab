import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { surroundingsOf } from '@pivotal-flow/engine';
import { openServer } from '../../packages/engine/src/postgres/open-server.ts';
import type { Server } from '../../packages/engine/src/postgres/server.ts';
import { whyNotKept, withKeptParts } from './kept-parts.ts';
import { describeMachine } from './machine.ts';
import { measureChain } from './measure-chains.ts';
import { measureFingerprints } from './measure-fingerprints.ts';
import { measureProof } from './measure-proof.ts';
import { measureSnapshots } from './measure-snapshots.ts';
import { measureStart } from './measure-start.ts';
import { measureSynthesis } from './measure-synthesis.ts';
import { newestResult } from './newest-result.ts';
import { type ChainResult, PARTS, type Part, RESULT, type Result } from './result.ts';
import { tableOf } from './table.ts';

const RESULTS = fileURLToPath(new URL('../results/', import.meta.url));

const say = (message: string): void => void process.stderr.write(`${message}\n`);

const TABLES = 1000;
const ROWS = 1_000_000;

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
const asked = values.only.split(',');
const parts = PARTS.filter((part) => asked.includes(part));
const isWhole = (value: number) => Number.isInteger(value) && value > 0;
if (!isWhole(runs) || !lengths.every(isWhole) || parts.length !== asked.length) {
  say(`usage: bench [--only ${PARTS.join(',')}] [--lengths 100,300,1000] [--runs 3] [--save]`);
  process.exit(2);
}

const server = await openServer({ kind: 'embedded', major: null }, surroundingsOf(process, say));
try {
  const conditions = { machine: describeMachine(server.version), runs };
  const earlier = values.save && parts.length < PARTS.length ? await newestResult(RESULTS) : null;
  const refusal = earlier === null ? null : whyNotKept(earlier, conditions);
  if (refusal !== null) {
    say(refusal);
    process.exitCode = 2;
  } else {
    const measured = await measure(server, conditions);
    const result = RESULT.parse(earlier === null ? measured : withKeptParts(measured, parts, earlier));
    process.stdout.write(`${tableOf(result)}\n`);
    if (values.save) save(result);
  }
} finally {
  await server.close();
}

async function measure(server: Server, conditions: Pick<Result, 'machine' | 'runs'>): Promise<Result> {
  const has = (part: Part) => parts.includes(part);
  const chains: ChainResult[] = [];
  for (const length of has('chains') ? lengths : []) {
    chains.push(await measureChain(server, { length, runs, tell: say }));
  }
  return {
    date: new Date().toISOString().slice(0, 10),
    ...conditions,
    earlier: [],
    chains,
    snapshots: has('snapshots') ? await measureSnapshots({ tables: TABLES, runs, tell: say }) : [],
    synthesis: has('synthesis') ? await measureSynthesis({ tables: TABLES, runs, tell: say }) : null,
    fingerprints: has('fingerprints') ? await measureFingerprints({ rows: ROWS, runs, tell: say }) : [],
    proof: has('proof') ? await measureProof({ runs, tell: say }) : null,
    start: has('start') ? await measureStart({ runs, tell: say }) : null,
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
