import { spawnSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';

/**
 * What takes too long for every push: the whole suite with its long tests (twenty kills, every dump, on 17 every damage to
 * every rollback) on each major of the embedded server, or on the majors that are named. Writes the counts to
 * docs/long-tests.md. About ten minutes a major, and half an hour more on 17.
 */

const ROOT = resolve(import.meta.dirname, '..');
const MAJORS = ['14', '15', '16', '17', '18'];
const PAGE = join(ROOT, 'docs/long-tests.md');

interface Counts {
  readonly major: string;
  readonly passed: number;
  readonly failed: number;
  readonly skipped: number;
  readonly seconds: number;
}

const named = process.argv.slice(2);
const unknown = named.filter((major) => !MAJORS.includes(major));
if (unknown.length > 0) {
  console.error(`usage: pnpm test:long [majors…]; there are ${MAJORS.join(', ')}, not ${unknown.join(', ')}`);
  process.exit(2);
}

const results = (named.length === 0 ? MAJORS : named).map(runOn);
writeFileSync(PAGE, page(results));
console.log(page(results));
process.exitCode = results.every(({ failed }) => failed === 0) ? 0 : 1;

function runOn(major: string): Counts {
  const folder = mkdtempSync(join(tmpdir(), 'pivotal-flow-long-'));
  const output = join(folder, 'counts.json');
  const started = performance.now();
  try {
    spawnSync(
      'pnpm',
      ['exec', 'vitest', 'run', '--reporter=default', '--reporter=json', `--outputFile.json=${output}`],
      {
        cwd: ROOT,
        stdio: 'inherit',
        env: { ...process.env, PIVOTAL_FLOW_LONG: '1', PIVOTAL_FLOW_TEST_SERVER: `embedded:${major}` },
      },
    );
    const told = JSON.parse(readFileSync(output, 'utf8')) as Record<string, number>;
    return {
      major,
      passed: told['numPassedTests'] ?? 0,
      failed: told['numFailedTests'] ?? 0,
      skipped: told['numPendingTests'] ?? 0,
      seconds: Math.round((performance.now() - started) / 1000),
    };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function page(counts: readonly Counts[]): string {
  const rows = counts.map(
    ({ major, passed, failed, skipped, seconds }) =>
      `| ${major} | ${passed} | ${failed} | ${skipped} | ${seconds} |`,
  );
  return `<!-- Written by pnpm test:long. -->

# The long tests

The whole suite with its long tests, on each major of the embedded server, as it ran last on ${new Date().toISOString().slice(0, 10)}.
Skipped are tests of what a major does not have yet, with the reason in their output.

| PostgreSQL | passed | failed | skipped | seconds |
|---|---|---|---|---|
${rows.join('\n')}
`;
}
