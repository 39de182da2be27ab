import { describe, expect, test } from 'vitest';
import type { LayoutName } from '../model.ts';
import type { FolderListing } from './layout.ts';
import { LAYOUT_REGISTRY } from './registry.ts';

function listing(paths: readonly string[]): FolderListing {
  const folders = new Map<string, string[]>();
  for (const path of paths) {
    const [folder, file] = path.split('/');
    if (folder !== undefined && file !== undefined)
      folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return { folder: 'm', files: paths.filter((path) => !path.includes('/')), folders };
}

const journal = (...tags: string[]) =>
  JSON.stringify({
    version: '7',
    dialect: 'postgresql',
    entries: tags.map((tag, idx) => ({ idx, when: idx, tag, breakpoints: true })),
  });

const FOLDERS: [LayoutName, string[], string, [string, string]][] = [
  [
    'drizzle',
    ['0_a.sql', '0_a_verify.sql', '0_a_seed.sql'],
    journal('0_a'),
    ['0_a_verify.sql', '0_a_seed.sql'],
  ],
  ['paired', ['0_a.sql', '0_a_verify.sql', '0_a_seed.sql'], '', ['0_a_verify.sql', '0_a_seed.sql']],
  [
    'golang-migrate',
    ['0_a.up.sql', '0_a_verify.sql', '0_a_seed.sql'],
    '',
    ['0_a_verify.sql', '0_a_seed.sql'],
  ],
  [
    'drizzle-v1',
    ['0_a/migration.sql', '0_a/verify.sql', '0_a/seed.sql'],
    '',
    ['0_a/verify.sql', '0_a/seed.sql'],
  ],
  ['diesel', ['0_a/up.sql', '0_a/verify.sql', '0_a/seed.sql'], '', ['0_a/verify.sql', '0_a/seed.sql']],
];

describe.each(FOLDERS)('%s', (name, paths, manifest, [verify, seed]) => {
  test('companions belong to their migration', () => {
    const { entries, problems } = LAYOUT_REGISTRY[name].locate(listing(paths), manifest);
    expect(problems).toEqual([]);
    expect(entries.map(({ id }) => id)).toEqual(['0_a']);
    expect(entries[0]?.companions).toEqual({
      verify: { file: verify, section: 'whole', exists: true },
      seed: { file: seed, section: 'whole', exists: true },
      stash: { file: verify?.replace('verify', 'stash'), section: 'whole', exists: false },
    });
  });

  test('they need not be there', () => {
    const { entries, problems } = LAYOUT_REGISTRY[name].locate(listing(paths.slice(0, 1)), manifest);
    expect(problems).toEqual([]);
    expect(entries[0]?.companions).toMatchObject({ verify: { exists: false }, seed: { exists: false } });
  });
});

test.each<[LayoutName, string[], string, string]>([
  ['drizzle', ['0_a.sql', '0_b_verify.sql'], journal('0_a'), 'm/0_b_verify.sql'],
  ['golang-migrate', ['0_a.up.sql', '0_b_seed.sql'], '', 'm/0_b_seed.sql'],
  ['drizzle-v1', ['0_a/migration.sql', '0_b/verify.sql'], '', 'm/0_b/verify.sql'],
  ['diesel', ['0_a/up.sql', '0_b/seed.sql'], '', 'm/0_b/seed.sql'],
])('in %s, one without its migration is not passed over', (name, paths, manifest, file) => {
  const { problems } = LAYOUT_REGISTRY[name].locate(listing(paths), manifest);
  expect(problems.map((problem) => [problem.code, problem.file])).toEqual([
    ['companion-without-migration', file],
  ]);
});

test('a migration may have the name of a companion', () => {
  const names = ['0_email_verify.sql', '0_email_verify_rollback.sql', '0_email.sql'];
  const { entries } = LAYOUT_REGISTRY.paired.locate(listing(names));
  expect(entries.map(({ id }) => id)).toEqual(['0_email', '0_email_verify']);
  const { problems } = LAYOUT_REGISTRY.drizzle.locate(listing(names), journal('0_email', '0_email_verify'));
  expect(problems.map(({ code }) => code)).toEqual(['ambiguous-verify']);
});
