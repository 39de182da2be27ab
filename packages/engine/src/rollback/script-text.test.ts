import { expect, test } from 'vitest';
import { KIND_READERS } from '../catalog/kind-readers.ts';
import type { CatalogObject, Kind } from '../catalog/model.ts';
import type { Action } from './action.ts';
import { type Draft, guarded, statements } from './draft.ts';
import { rollbackText } from './script-text.ts';
import { attachedPart, defaultOf } from './side.ts';

const HEADER = { migration: '0007_jobs', description: 'Export jobs', date: '2026-11-25', acceptedLosses: [] };

function object(kind: Kind, name: string): CatalogObject {
  return {
    traits: KIND_READERS[kind].traits,
    key: `${kind} ${name}`,
    name,
    identity: name,
    parent: null,
    table: null,
    position: null,
    attributes: '{}',
  };
}

function action(verb: Action['verb'], it: CatalogObject, draft: Draft, part = it.key): Action {
  return { verb, part, object: it, cause: 'migration', draft };
}

/** Without the header. */
function body(...actions: readonly Action[]): string {
  return rollbackText(HEADER, actions).split('\n').slice(4).join('\n');
}

test("the header is the policy's, with what is left to be written", () => {
  expect(rollbackText(HEADER, [], ['the secret\nof far'])).toBe(
    [
      '-- Rollback Migration: Export jobs',
      '-- Date: 2026-11-25',
      '-- Purpose: Rollback changes from 0007_jobs',
      '--',
      '-- UNPROVEN: this draft does not bring back everything. To be written by hand:',
      '--   the secret of far',
      '',
    ].join('\n'),
  );
});

test('steps in a row that do the same to objects of one kind share a comment', () => {
  const drop = (name: string) => action('drop', object('index', name), statements(`DROP INDEX ${name}`));
  const view = action('drop', object('view', 'v'), statements('DROP VIEW v'));
  expect(body(drop('a'), drop('b'), view, drop('c'))).toBe(
    [
      '-- Remove the indexes that the migration made',
      'DROP INDEX a;',
      'DROP INDEX b;',
      '',
      '-- Remove the view that the migration made',
      'DROP VIEW v;',
      '',
      '-- Remove the index that the migration made',
      'DROP INDEX c;',
      '',
    ].join('\n'),
  );
});

test('a default and being a partition are no objects of their own', () => {
  const [column, table] = [object('column', 't.a'), object('table', 'p')];
  expect(body(action('create', column, statements('1'), defaultOf(column)))).toContain(
    '-- Bring back the default of the column as it was',
  );
  expect(body(action('create', table, statements('1'), attachedPart(table)))).toContain(
    '-- Attach the partition',
  );
});

test('several objects that exchanged their names are told so', () => {
  expect(body(action('exchange', object('table', 'a'), statements('1')))).toContain(
    '-- Give back the old names to the tables',
  );
});

test('a condition is asked by a DO block, whose tag is not in what it holds', () => {
  const sql = 'COMMENT ON TABLE t IS $$x$$;\nSELECT 1';
  expect(body(action('alter', object('table', 't'), guarded('a < b', sql)))).toBe(
    [
      '-- Change back the table',
      'DO $rollback$',
      'BEGIN',
      '  IF a < b THEN',
      '    COMMENT ON TABLE t IS $$x$$;',
      'SELECT 1;',
      '  END IF;',
      'END',
      '$rollback$;',
      '',
    ].join('\n'),
  );
  const tagged = body(action('alter', object('table', 't'), guarded('true', "SELECT '$rollback$'")));
  expect(tagged).toContain('DO $rollback1$\n');
  expect(tagged).toContain('\n$rollback1$;');
});
