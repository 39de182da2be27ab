import { expect, test } from 'vitest';
import { AT_START, advance, progressLine } from './progress.ts';

test('from the start over the migrations to the descent', () => {
  expect(progressLine(AT_START, 400, 80)).toBe('starting PostgreSQL  0 s');
  const started = advance(AT_START, {
    kind: 'started',
    server: 'PostgreSQL 17.10 (embedded)',
    migrations: 120,
  });
  expect(progressLine(started, 1000, 80)).toBe('  0/120  PostgreSQL 17.10 (embedded)  1 s');
  const middle = advance(started, { kind: 'migration', id: '0041_add_quotes', place: 42, of: 120 });
  expect(progressLine(middle, 35_900, 80)).toBe(' 42/120  0041_add_quotes  35 s');
  expect(progressLine(middle, 35_900, 24)).toBe(' 42/120  0041_a…tes  35 s');
  const below = (withRows: boolean) =>
    progressLine(advance(middle, { kind: 'descent', id: '0007_x', way: 'down', withRows }), 1, 80);
  expect(below(false)).toBe(' 42/120  down again: 0007_x  0 s');
  expect(below(true)).toBe(' 42/120  down again, with rows: 0007_x  0 s');
});
