import { describe, expect, test } from 'vitest';
import { LAYOUTS } from '../model.ts';
import { detectLayout } from './detect-layout.ts';
import type { FolderListing, Layout } from './layout.ts';
import { LAYOUT_REGISTRY } from './registry.ts';

/** A listing from paths; `x/y` makes a folder `x`. */
function listing(...paths: string[]): FolderListing {
  const folders = new Map<string, string[]>();
  for (const path of paths.filter((candidate) => candidate.includes('/'))) {
    const [folder = '', file = ''] = path.split('/');
    folders.set(folder, [...(folders.get(folder) ?? []), file]);
  }
  return { folder: 'm', files: paths.filter((path) => !path.includes('/')).sort(), folders };
}

/** What is found: `id sequence forward rollback`, with `(none)` behind a rollback that is not there. */
function found(layout: Layout, paths: string[], manifest = ''): string[] {
  const { entries } = layout.locate(listing(...paths), manifest);
  return entries.map(({ id, sequence, forward, rollback }) =>
    [id, sequence ?? '-', forward.file, rollback.file + (rollback.exists ? '' : '(none)')].join(' '),
  );
}

const codes = (layout: Layout, paths: string[], manifest = '') =>
  layout
    .locate(listing(...paths), manifest)
    .problems.map(({ code, file, line }) => [code, file, ...(line ? [line] : [])]);

const journal = (...tags: string[]) =>
  JSON.stringify(
    {
      version: '7',
      dialect: 'postgresql',
      entries: tags.map((tag, idx) => ({
        idx,
        version: '7',
        when: 1_795_332_135_565 + idx,
        tag,
        breakpoints: true,
      })),
    },
    null,
    2,
  );

test('every layout has its file, under its own name', () => {
  expect(LAYOUTS.map((name) => LAYOUT_REGISTRY[name].name)).toEqual(LAYOUTS);
});

describe('drizzle', () => {
  const { drizzle } = LAYOUT_REGISTRY;

  test('the journal gives names and order', () => {
    const paths = [
      '0001_b.sql',
      '0000_z.sql',
      '0000_z_rollback.sql',
      'notes.md',
      '20260101000000_c.sql',
      '_d.sql',
    ];
    expect(found(drizzle, paths, journal('0001_b', '0000_z', '20260101000000_c', '_d'))).toEqual([
      '0001_b 0001 0001_b.sql 0001_b_rollback.sql(none)',
      '0000_z 0000 0000_z.sql 0000_z_rollback.sql',
      '20260101000000_c 20260101000000 20260101000000_c.sql 20260101000000_c_rollback.sql(none)',
      '_d - _d.sql _d_rollback.sql(none)',
    ]);
  });

  test('a migration may be called x_rollback, and has a rollback of its own', () => {
    const paths = ['0000_x.sql', '0001_x_rollback.sql', '0001_x_rollback_rollback.sql'];
    expect(found(drizzle, paths, journal('0000_x', '0001_x_rollback'))).toEqual([
      '0000_x 0000 0000_x.sql 0000_x_rollback.sql(none)',
      '0001_x_rollback 0001 0001_x_rollback.sql 0001_x_rollback_rollback.sql',
    ]);
    expect(codes(drizzle, paths, journal('0000_x', '0001_x_rollback'))).toEqual([]);
  });

  test('but not when that is the name of a rollback', () => {
    const paths = ['0000_x.sql', '0000_x_rollback.sql'];
    expect(codes(drizzle, paths, journal('0000_x', '0000_x_rollback'))).toEqual([
      ['ambiguous-rollback', 'm/meta/_journal.json', 9],
    ]);
  });

  test('a file without an entry is one problem, with its rollback', () => {
    expect(codes(drizzle, ['0000_a.sql', '0001_b.sql', '0001_b_rollback.sql'], journal('0000_a'))).toEqual([
      ['missing-journal-entry', 'm/0001_b.sql'],
    ]);
  });

  test('journals begun with old versions of drizzle-kit say pg', () => {
    expect(found(drizzle, ['0000_a.sql'], journal('0000_a').replace('postgresql', 'pg'))).toHaveLength(1);
  });
});

describe('drizzle-v1', () => {
  const layout = LAYOUT_REGISTRY['drizzle-v1'];

  test('one folder is one migration', () => {
    const paths = ['20260202000000_b/migration.sql', '20260202000000_b/snapshot.json', 'notes/a.md'].concat([
      '20260101000000_a/migration.sql',
      '20260101000000_a/rollback.sql',
      'custom/migration.sql',
    ]);
    expect(found(layout, paths)).toEqual([
      '20260101000000_a 20260101000000 20260101000000_a/migration.sql 20260101000000_a/rollback.sql',
      '20260202000000_b 20260202000000 20260202000000_b/migration.sql 20260202000000_b/rollback.sql(none)',
      'custom - custom/migration.sql custom/rollback.sql(none)',
    ]);
    expect(codes(layout, paths)).toEqual([]);
  });

  test('incomplete folders and rollbacks left behind', () => {
    const paths = ['1_a/rollback.sql', '2_b/snapshot.json', '0000_c_rollback.sql', 'seed.sql'];
    expect(codes(layout, paths)).toEqual([
      ['rollback-without-migration', 'm/1_a/rollback.sql'],
      ['missing-migration-file', 'm/2_b/migration.sql'],
      ['rollback-without-migration', 'm/0000_c_rollback.sql'],
    ]);
  });
});

describe('paired', () => {
  const { paired } = LAYOUT_REGISTRY;

  test('numbers order, then names; equal sequences are kept', () => {
    expect(
      found(paired, ['10_c.sql', '9_b.sql', '0004_b.sql', '0004_a.sql', '4_c.sql', '0004_a_rollback.sql']),
    ).toEqual([
      '0004_a 0004 0004_a.sql 0004_a_rollback.sql',
      '0004_b 0004 0004_b.sql 0004_b_rollback.sql(none)',
      '4_c 4 4_c.sql 4_c_rollback.sql(none)',
      '9_b 9 9_b.sql 9_b_rollback.sql(none)',
      '10_c 10 10_c.sql 10_c_rollback.sql(none)',
    ]);
  });

  test('a name in _rollback with a rollback of its own is a migration', () => {
    expect(found(paired, ['1_x_rollback.sql', '1_x_rollback_rollback.sql'])).toEqual([
      '1_x_rollback 1 1_x_rollback.sql 1_x_rollback_rollback.sql',
    ]);
  });

  test('problems', () => {
    const paths = [
      '1_x.sql',
      '1_x_rollback.sql',
      '1_x_rollback_rollback.sql',
      '2_y_rollback.sql',
      'seed.sql',
      'a.md',
    ];
    expect(codes(paired, paths)).toEqual([
      ['rollback-without-migration', 'm/1_x_rollback_rollback.sql'],
      ['rollback-without-migration', 'm/2_y_rollback.sql'],
      ['missing-sequence', 'm/seed.sql'],
    ]);
  });
});

describe('golang-migrate', () => {
  const layout = LAYOUT_REGISTRY['golang-migrate'];

  test('the version alone makes a pair', () => {
    expect(
      found(layout, ['2_b.up.sql', '10_c.up.sql', '000001_a.up.sql', '1_old_name.down.sql', 'x.sql']),
    ).toEqual([
      '000001_a 000001 000001_a.up.sql 1_old_name.down.sql',
      '2_b 2 2_b.up.sql 2_b.down.sql(none)',
      '10_c 10 10_c.up.sql 10_c.down.sql(none)',
    ]);
  });

  test('duplicate versions in each direction, and rollbacks without migration', () => {
    expect(
      codes(layout, ['01_a.up.sql', '001_b.up.sql', '1_a.down.sql', '01_b.down.sql', '2_c.down.sql']),
    ).toEqual([
      ['duplicate-id', 'm/01_a.up.sql'],
      ['duplicate-id', 'm/1_a.down.sql'],
      ['rollback-without-migration', 'm/2_c.down.sql'],
    ]);
  });

  test('what is no SQL is left out, with its rollback, and said', () => {
    const paths = ['1_a.up.sql', '2_b.up.go', '2_b.down.sql', '1_a.down.go', 'migrate.go'];
    expect(layout.locate(listing(...paths))).toMatchObject({
      entries: [{ id: '1_a', rollback: { exists: false } }],
      problems: [],
      unread: ['1_a.down.go', '2_b.up.go', '2_b.down.sql'],
    });
  });
});

describe('diesel', () => {
  const { diesel } = LAYOUT_REGISTRY;

  test('versions order, dashes left out', () => {
    const paths = [
      '2018-01-01-000000_c/up.sql',
      '20170601_b/up.sql',
      '2017-01-01-000000-0000_a/up.sql',
    ].concat(['20170601_b/down.sql', '00000000000000_diesel_initial_setup/up.sql', 'x/metadata.toml']);
    expect(found(diesel, paths).map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
      '00000000000000_diesel_initial_setup 00000000000000',
      '2017-01-01-000000-0000_a 2017-01-01-000000-0000',
      '20170601_b 20170601',
      '2018-01-01-000000_c 2018-01-01-000000',
    ]);
    expect(found(diesel, paths)).toContain('20170601_b 20170601 20170601_b/up.sql 20170601_b/down.sql');
  });

  test('problems', () => {
    expect(codes(diesel, ['2017-01-01_a/up.sql', '20170101_b/up.sql', '3_c/down.sql'])).toEqual([
      ['duplicate-id', 'm/20170101_b'],
      ['rollback-without-migration', 'm/3_c/down.sql'],
    ]);
  });
});

describe('detection', () => {
  test.each([
    ['drizzle', ['meta/_journal.json', '0000_a.sql', '0000_a_rollback.sql']],
    ['drizzle', ['meta/_journal.json', '1_a.up.sql', 'x/up.sql']],
    ['drizzle-v1', ['1_a/migration.sql', '1_a/snapshot.json', '0000_a_rollback.sql']],
    ['paired', ['0000_a.sql']],
    ['golang-migrate', ['1_a.up.sql', '1_a.down.sql']],
    ['diesel', ['1_a/up.sql', '1_a/down.sql']],
  ])('%s: %j', (name, paths) => {
    expect(detectLayout(listing(...paths), undefined).name).toBe(name);
  });

  test.each([
    [
      'ambiguous-layout',
      ['1_a.up.sql', '1_b.sql'],
      'm looks like paired (1_b.sql) and golang-migrate (1_a.up.sql)',
    ],
    [
      'ambiguous-layout',
      ['meta/_journal.json', '1_a/migration.sql', '1_a/snapshot.json'],
      'm looks like drizzle (meta/_journal.json) and drizzle-v1 (1_a/snapshot.json)',
    ],
    [
      'unsupported-layout',
      ['migration_lock.toml', '1_a/migration.sql'],
      'm holds migrations of Prisma (migration_lock.toml), which cannot be read yet',
    ],
    [
      'unsupported-layout',
      ['V1_2__init.sql', '1_a.sql'],
      'm holds migrations of Flyway (V1_2__init.sql), which cannot be read yet',
    ],
  ])('%s: %j', (code, paths, message) => {
    expect(() => detectLayout(listing(...paths), undefined)).toThrow(
      expect.objectContaining({ problems: [expect.objectContaining({ code, message, file: 'm' })] }),
    );
  });

  test('a layout that is named settles it, if the folder has it at all', () => {
    expect(detectLayout(listing('1_a.up.sql', '1_b.sql'), 'paired').name).toBe('paired');
    expect(() => detectLayout(listing('a.sql', '1_a/up.sql'), 'drizzle')).toThrow(
      expect.objectContaining({
        problems: [
          {
            code: 'no-migrations',
            message:
              'm holds no migrations in the layout drizzle; it holds 1 .sql files, for example a.sql, 0 other files and 1 folders; looked for meta/_journal.json, with <tag>.sql and <tag>_rollback.sql for each entry (drizzle-kit 0.31)',
            fix: 'Leave out --layout to have it detected, or name another folder with --migrations DIR',
            file: 'm',
          },
        ],
      }),
    );
  });
});
