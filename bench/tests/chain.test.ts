import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { aimsOf } from '../src/aims.ts';
import { generateChain } from '../src/chain.ts';
import { verify } from '../src/contenders/verify.ts';
import { performancePage } from '../src/performance-page.ts';
import type { Result } from '../src/result.ts';
import { sampleOf } from '../src/statistics.ts';
import { tableOf } from '../src/table.ts';
import { writeFolders } from '../src/write-folders.ts';

test('a chain is the same every time, and a longer one begins like a shorter one', () => {
  expect(generateChain(40)).toEqual(generateChain(60).slice(0, 40));
  expect(new Set(generateChain(1000).map(({ id }) => id)).size).toBe(1000);
});

test('every generated rollback is right: the chain is proven', async () => {
  const parent = await mkdtemp(join(tmpdir(), 'pivotal-flow-bench-test-'));
  try {
    const chain = generateChain(30);
    // It throws unless all are proven.
    await verify.run({ chain, folders: writeFolders(chain, parent), databaseUrl: 'unused' });
  } finally {
    await rm(parent, { recursive: true, force: true });
  }
});

test('medians and ranges', () => {
  expect(sampleOf([3, 1, 2])).toEqual({ median: 2, least: 1, most: 3 });
  expect(sampleOf([4, 1, 2, 3])).toEqual({ median: 2.5, least: 1, most: 4 });
  expect(() => sampleOf([])).toThrow(RangeError);
});

const sample = (median: number) => ({ median, least: median - 1, most: median + 1 });
const chain = (length: number, plainMs: number, verifyMs: number): Result['chains'][number] => ({
  length,
  contenders: [
    { name: 'plain application', what: 'statements', ms: sample(plainMs) },
    { name: 'verify', what: 'proof', ms: sample(verifyMs) },
    { name: 'dbmate', what: 'binary', failure: 'no binary for this machine\nat line 1' },
  ],
});
const RESULT: Result = {
  date: '2026-01-31',
  machine: { processor: 'P', processors: 2, memoryGb: 8, system: 'linux', node: 'v20', postgres: '17.1' },
  runs: 3,
  chains: [chain(100, 100, 450), chain(300, 300, 1800)],
  snapshots: [
    {
      tables: 1000,
      postgres: '17.1',
      contenders: [
        { name: 'snapshot, full', what: 'all', ms: sample(400) },
        { name: 'snapshot, after a change', what: 'some', ms: sample(4) },
        { name: 'pg_dump -s', what: 'binary', failure: 'aborting because of server version mismatch' },
      ],
    },
  ],
  start: { node: sample(60), help: sample(100) },
};

test('aims are ratios of medians, and what was not measured is not told', () => {
  expect(aimsOf(RESULT).map(({ figure }) => figure)).toEqual([6, null]);
  expect(aimsOf({ ...RESULT, chains: [...RESULT.chains, chain(1000, 1000, 4500)] })[1]?.figure).toBe(1);
});

test('the table says what was missed and what failed', () => {
  const text = tableOf(RESULT);
  expect(text).toContain('6.00× (aim 5×, missed)');
  expect(text).toContain('not measured (aim 1.2×)');
  expect(text).toContain('dbmate                   failed: no binary for this machine');
  expect(text).toContain('snapshot, after a change  0.01×      4 ms  (3–5)');
  expect(text).toContain("start of --help: 40 ms beyond Node's own (100 and 60)");
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('the page shows figures, failures and aims', () => {
  const page = performancePage(RESULT);
  expect(page).toContain('| verify | proof | 4.50× | 450 ms | 449–451 ms | 4.50 ms |');
  expect(page).toContain('| dbmate | binary | failed: no binary for this machine |  |  |  |');
  expect(page).toContain('6.00× (aim 5×, missed)');
  expect(page).toContain('| snapshot, after a change | some | 0.01× | 4 ms | 3–5 ms |');
  expect(page).toContain('takes 40 ms beyond the start of Node.js itself');
});
