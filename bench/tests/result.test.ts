import { expect, test } from 'vitest';
import { aimsOf } from '../src/aims.ts';
import { whyNotKept, withKeptParts } from '../src/kept-parts.ts';
import { performancePage } from '../src/performance-page.ts';
import type { Result } from '../src/result.ts';
import { sampleOf } from '../src/statistics.ts';
import { tableOf } from '../src/table.ts';

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
  earlier: [],
  synthesis: {
    tables: 1000,
    postgres: '17.1',
    contenders: [
      { name: 'synthesize', what: 'part', ms: sample(300) },
      { name: '@pgkit/migra', what: 'all', failure: 'its script leaves 2 differences behind' },
    ],
  },
  fingerprints: [
    {
      rows: 1_000_000,
      columns: 11,
      megabytes: 223,
      postgres: '17.1',
      contenders: [
        { name: 'fingerprint', what: 'sums', ms: sample(800) },
        { name: 'SELECT count(*)', what: 'number', ms: sample(40) },
        { name: 'pg_dump --data-only', what: 'binary', failure: 'server version mismatch' },
      ],
    },
  ],
  proof: {
    migrations: 20,
    contenders: [
      { name: 'verify --no-data', what: 'schema', ms: sample(2000) },
      { name: 'verify', what: 'rows', ms: sample(3000) },
    ],
  },
  start: { node: sample(60), help: sample(100) },
};

test('aims are ratios of medians, and what was not measured is not told', () => {
  expect(aimsOf(RESULT).map(({ figure }) => figure)).toEqual([6, null, 1.5, 0.3]);
  expect(aimsOf({ ...RESULT, proof: null })[2]?.figure).toBeNull();
  expect(aimsOf({ ...RESULT, chains: [...RESULT.chains, chain(1000, 1000, 4500)] })[1]?.figure).toBe(1);
});

test('the table says what was missed and what failed', () => {
  const text = tableOf(RESULT);
  expect(text).toContain('6.00× (aim 5×, missed)');
  expect(text).toContain('not measured (aim 1.2×)');
  expect(text).toContain('dbmate                   failed: no binary for this machine');
  expect(text).toContain('snapshot, after a change  0.01×      4 ms  (3–5)');
  expect(text).toContain('fingerprint               1.00×    800 ms  (799–801)  1,250,000 rows/s');
  expect(text).toContain('SELECT count(*)           0.05×     40 ms  (39–41)  25,000,000 rows/s');
  expect(text).toContain('verify                    1.50×   3000 ms  (2999–3001)  150.00 ms each');
  expect(text).toContain('verify of the backend, by verify --no-data: 1.50× (aim 1.6×, met)');
  expect(text).toContain('a rollback written at 1,000 tables: 0.30 s (aim 1 s, met)');
  expect(text).toContain("start of --help: 40 ms beyond Node's own (100 and 60)");
  expect(Math.max(...text.split('\n').map((line) => line.length))).toBeLessThanOrEqual(80);
});

test('the page shows figures, failures and aims', () => {
  const page = performancePage(RESULT);
  expect(page).toContain('| verify | proof | 4.50× | 450 ms | 449–451 ms | 4.50 ms |');
  expect(page).toContain('| dbmate | binary | failed: no binary for this machine |  |  |  |');
  expect(page).toContain('6.00× (aim 5×, missed)');
  expect(page).toContain('| snapshot, after a change | some | 0.01× | 4 ms | 3–5 ms |');
  expect(page).toContain('| synthesize | part | 1.00× | 300 ms | 299–301 ms |');
  expect(page).toContain('| @pgkit/migra | all | failed: its script leaves 2 differences behind |  |  |');
  expect(page).toContain('| fingerprint | sums | 1.00× | 800 ms | 799–801 ms | 1,250,000 |');
  expect(page).toContain('| pg_dump --data-only | binary | failed: server version mismatch |  |  |  |');
  expect(page).toContain('| verify | rows | 1.50× | 3000 ms | 2999–3001 ms |');
  expect(page).toContain('takes 40 ms beyond the start of Node.js itself');
});

const NOTHING = {
  chains: [],
  snapshots: [],
  synthesis: null,
  fingerprints: [],
  proof: null,
  start: null,
};

test('the page and the table leave out what was not measured', () => {
  const nothing: Result = { ...RESULT, ...NOTHING };
  expect(performancePage(nothing).match(/^## .*/gm)).toEqual(['## Aims']);
  expect(tableOf(nothing)).not.toContain('rows/s');
});

test('parts that are measured anew stand beside those of an earlier day, which are dated', () => {
  const measured: Result = {
    ...RESULT,
    ...NOTHING,
    date: '2026-02-02',
    proof: { migrations: 1, contenders: [] },
  };
  const earlier: Result = { ...RESULT, start: null, earlier: [{ part: 'chains', date: '2025-12-31' }] };
  const result = withKeptParts(measured, ['proof', 'start'], earlier);
  expect(result).toEqual({
    ...RESULT,
    date: '2026-02-02',
    earlier: [
      { part: 'chains', date: '2025-12-31' },
      { part: 'snapshots', date: '2026-01-31' },
      { part: 'synthesis', date: '2026-01-31' },
      { part: 'fingerprints', date: '2026-01-31' },
    ],
    proof: { migrations: 1, contenders: [] },
    start: null,
  });
  expect(performancePage(result)).toContain('The part `chains` was measured on 2025-12-31.');
  expect(tableOf(result)).toContain('fingerprints: kept from 2026-01-31');
  expect(withKeptParts({ ...measured, date: RESULT.date }, ['proof'], RESULT).earlier).toEqual([]);
});

test('parts of another machine or number of runs are not kept', () => {
  expect(whyNotKept(RESULT, { ...RESULT })).toBeNull();
  expect(whyNotKept(RESULT, { ...RESULT, runs: 5 })).toContain('runs: 3, and 5 now');
  const machine = { ...RESULT.machine, node: 'v22' };
  expect(whyNotKept(RESULT, { ...RESULT, machine })).toContain('measure all parts (without --only)');
});
