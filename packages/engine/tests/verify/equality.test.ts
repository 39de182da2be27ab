import { beforeAll, describe, expect, test } from 'vitest';
import type { MigrationReport } from '../../src/index.ts';
import { type Case, verifyCases } from './verify-files.ts';

interface Expected extends Case {
  readonly down: string;
  readonly equality: string;
  /** The strictness that is just enough. */
  readonly under: 'exact' | 'equivalent' | 'reordered' | 'residual';
  readonly notice?: RegExp;
}

const CASES: readonly Expected[] = [
  {
    name: 'a CHECK with IN, made again from its printed text',
    base: `CREATE TABLE e1 (s varchar(9), CONSTRAINT e1_s CHECK (s IN ('a', 'b')));`,
    up: `ALTER TABLE e1 DROP CONSTRAINT e1_s; ALTER TABLE e1 ADD CONSTRAINT e1_s CHECK (s IN ('a', 'b', 'c'));`,
    down: `ALTER TABLE e1 DROP CONSTRAINT e1_s;
      ALTER TABLE e1 ADD CONSTRAINT e1_s CHECK (((s)::text = ANY ((ARRAY['a'::character varying, 'b'::character varying])::text[])));`,
    equality: 'equivalent',
    under: 'equivalent',
    notice: /means the same/,
  },
  {
    name: 'a partial index with IN over a column whose type went there and back',
    base: `CREATE TABLE e2 (s varchar(9)); CREATE INDEX e2_i ON e2 (s) WHERE s IN ('a', 'b');`,
    up: 'ALTER TABLE e2 ALTER COLUMN s TYPE text;',
    down: 'ALTER TABLE e2 ALTER COLUMN s TYPE varchar(9);',
    equality: 'equivalent',
    under: 'equivalent',
    notice: /means the same/,
  },
  {
    name: 'a middle column dropped and added again',
    base: 'CREATE TABLE e3 (a int, b int, c int);',
    up: 'ALTER TABLE e3 DROP COLUMN b;',
    down: 'ALTER TABLE e3 ADD COLUMN b int;',
    equality: 'reordered',
    under: 'reordered',
    notice: /another order/,
  },
  {
    name: 'an enum value that the rollback declares to leave',
    base: `CREATE TYPE e4 AS ENUM ('a'); CREATE TABLE e4_t (v e4);`,
    up: `ALTER TYPE e4 ADD VALUE IF NOT EXISTS 'b';`,
    down: '-- Accepts residual: enum public.e4, PostgreSQL cannot drop a label\nSELECT 1;',
    equality: 'residual',
    under: 'residual',
    notice: /declares to leave behind/,
  },
  {
    name: 'the last column dropped and added again',
    base: 'CREATE TABLE e5 (a int, b int);',
    up: 'ALTER TABLE e5 DROP COLUMN b;',
    down: 'ALTER TABLE e5 ADD COLUMN b int;',
    equality: 'exact',
    under: 'exact',
    notice: /made anew.*public\.e5\.b/,
  },
  {
    name: 'a residual that is not there',
    up: 'CREATE TABLE e6 (id int);',
    down: '-- first line\n-- Accepts residual: table public.e6, it stays\nDROP TABLE e6;',
    equality: 'exact',
    under: 'exact',
    notice: /line 2 of .*_rollback\.sql accepts a residual that is not there: table public\.e6/,
  },
];

const STRICTNESS = ['exact', 'equivalent', 'reordered', 'residual'] as const;

describe.each(STRICTNESS)('where %s is the worst that is accepted', (accepted) => {
  let seen: ReadonlyMap<string, MigrationReport>;
  beforeAll(async () => {
    seen = await verifyCases(CASES, { equality: accepted });
  });

  test.each(CASES)('$name', ({ name, equality, under, notice }) => {
    const migration = seen.get(name);
    const good = STRICTNESS.indexOf(under) <= STRICTNESS.indexOf(accepted);
    expect(migration?.equality).toBe(equality);
    expect(migration?.verdict).toBe(good ? 'proven' : 'refuted');
    if (good) expect(migration?.notices.join('\n')).toMatch(notice ?? /^$/);
    else expect(migration?.reason).toContain(`the schema is only ${equality}, and ${accepted} is asked for`);
  });
});

describe('differences that names hide', () => {
  let seen: ReadonlyMap<string, MigrationReport>;
  const swap = (table: string) =>
    `ALTER TABLE ${table} RENAME a TO x; ALTER TABLE ${table} RENAME b TO a; ALTER TABLE ${table} RENAME x TO b;`;
  beforeAll(async () => {
    seen = await verifyCases([
      { name: 'swapped back', base: 'CREATE TABLE n1 (a int, b int);', up: swap('n1'), down: swap('n1') },
      {
        name: 'columns not swapped back',
        base: 'CREATE TABLE n2 (a int, b int);',
        up: swap('n2'),
        down: 'SELECT 1;',
      },
      {
        name: 'tables not swapped back',
        base: 'CREATE TABLE n3_a (v int); CREATE TABLE n3_b (v int);',
        up: 'ALTER TABLE n3_a RENAME TO n3_x; ALTER TABLE n3_b RENAME TO n3_a; ALTER TABLE n3_x RENAME TO n3_b;',
        down: 'SELECT 1;',
      },
      {
        name: 'column stays renamed',
        base: 'CREATE TABLE n4 (a int);',
        up: 'ALTER TABLE n4 RENAME a TO b;',
        down: 'SELECT 1;',
      },
      {
        name: 'table renamed to a third name',
        base: 'CREATE TABLE n5 (a int, b int);',
        up: 'ALTER TABLE n5 RENAME TO n5_new;',
        down: 'ALTER TABLE n5_new RENAME TO n5_old;',
      },
      {
        name: 'other residual declared',
        base: 'CREATE TABLE n6 (a int);',
        up: 'ALTER TABLE n6 ADD COLUMN b int, ADD COLUMN c int;',
        down: '-- Accepts residual: column public.n6.b, stays\nSELECT 1;',
      },
    ]);
  });

  test('a swap that is swapped back is exact; run a second time, the rollback swaps once more', () => {
    expect(seen.get('swapped back')).toMatchObject({ verdict: 'refuted', equality: 'exact' });
  });

  test.each([
    ['columns not swapped back', 'column', ['public.n2.a', 'public.n2.b']],
    ['tables not swapped back', 'table', ['public.n3_a', 'public.n3_b']],
  ])('%s: refuted, told as exchanged', (name, kind, names) => {
    const migration = seen.get(name);
    expect(migration).toMatchObject({ verdict: 'refuted', equality: 'different' });
    const told = migration?.leftovers.filter(
      (leftover) =>
        leftover.step === 'rollback' && leftover.attribute === 'identity' && leftover.kind === kind,
    );
    expect(told?.map((leftover) => leftover.name).sort()).toEqual(names);
    expect(told?.every(({ remedy }) => remedy === 'rename both back, through a third name')).toBe(true);
  });

  test.each([
    ['column stays renamed', 'public.n4.a', 'public.n4.b'],
    ['table renamed to a third name', 'public.n5', 'public.n5_old'],
  ])('%s: one leftover that says from what to what', (name, before, after) => {
    const migration = seen.get(name);
    expect(migration?.verdict).toBe('refuted');
    const told = migration?.leftovers.filter(({ step }) => step === 'rollback');
    expect(told).toHaveLength(1);
    expect(told?.[0]).toMatchObject({ change: 'different', attribute: 'name', before, after });
    expect(told?.[0]?.remedy).toBe(`rename it back to ${before}`);
  });

  test('a declared residual accepts what it names and nothing else', () => {
    const migration = seen.get('other residual declared');
    expect(migration).toMatchObject({ verdict: 'refuted', equality: 'different' });
    const told = Object.fromEntries(
      (migration?.leftovers ?? [])
        .filter(({ step }) => step === 'rollback')
        .map(({ name, equality }) => [name, equality]),
    );
    expect(told).toEqual({ 'public.n6.b': 'residual', 'public.n6.c': 'different' });
  });
});
