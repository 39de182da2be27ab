import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import type { LayoutName } from '../../src/migrations/model.ts';
import { readMigrations } from '../../src/migrations/read-migrations.ts';
import { PROOF_FILE } from '../../src/proof/proof-file/format.ts';

const JOURNAL = JSON.stringify({
  version: '7',
  dialect: 'postgresql',
  entries: [{ idx: 0, version: '7', when: 1, tag: '0000_a', breakpoints: true }],
});

/** The least folder of each layout. */
const FOLDERS: Readonly<Record<LayoutName, readonly [string, string?][]>> = {
  drizzle: [['meta/_journal.json', JOURNAL], ['0000_a.sql']],
  'drizzle-v1': [['20260101000000_a/migration.sql'], ['20260101000000_a/snapshot.json', '{}']],
  paired: [['0001_a.sql']],
  'golang-migrate': [['1_a.up.sql']],
  diesel: [['2026-01-01-000000_a/up.sql']],
};

const cwd = await mkdtemp(join(tmpdir(), 'pivotal-flow-layouts-'));
afterAll(() => rm(cwd, { recursive: true }));

test.each(Object.entries(FOLDERS))('%s passes over the proof file', async (layout, files) => {
  for (const [file, text = 'SELECT 1;'] of [...files, [PROOF_FILE, '{}'] as const]) {
    const path = join(cwd, layout, file);
    await mkdir(dirname(path), { recursive: true });
    await writeFile(path, text);
  }
  const set = await readMigrations({ folder: layout, cwd });
  expect(set).toMatchObject({ layout, unread: [] });
  expect(set.migrations).toHaveLength(1);
});
