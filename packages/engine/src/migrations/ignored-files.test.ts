import { expect, test } from 'vitest';
import { InputError } from '../errors/input-error.ts';
import { withoutIgnored } from './ignored-files.ts';
import type { FolderListing } from './layouts/layout.ts';

const listing: FolderListing = {
  folder: 'db',
  files: ['0001_a.sql', '0002_b.sql', 'x.y'],
  folders: new Map([['meta', ['_journal.json', '0001_snapshot.json']]]),
};

test.each<[string, string[], string[], string[]]>([
  ['nothing', [], ['0001_a.sql', '0002_b.sql', 'x.y'], ['_journal.json', '0001_snapshot.json']],
  ['one file', ['0002_b.sql'], ['0001_a.sql', 'x.y'], ['_journal.json', '0001_snapshot.json']],
  ['a star', ['*.sql'], ['x.y'], ['_journal.json', '0001_snapshot.json']],
  ['a file in a folder', ['meta/*_snapshot.json'], ['0001_a.sql', '0002_b.sql', 'x.y'], ['_journal.json']],
])('passes over %s', (_name, patterns, files, inner) => {
  const left = withoutIgnored(listing, patterns);
  expect(left.files).toEqual(files);
  expect(left.folders.get('meta')).toEqual(inner);
});

test('a dot is a dot, and every pattern that fits nothing is told', () => {
  const attempt = () => withoutIgnored(listing, ['xzy', 'x.y', '0003*']);
  expect(attempt).toThrow(InputError);
  expect(attempt).toThrow(/"xzy".*\n.*"0003\*"/);
});
