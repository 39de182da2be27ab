import { expect, test } from 'vitest';
import { KIND_READERS } from '../catalog/kind-readers.ts';
import type { CatalogObject, Json, Kind } from '../catalog/model.ts';
import { planRenames } from './renames.ts';
import { Side } from './side.ts';

interface Given {
  readonly kind: Kind;
  readonly oid: string;
  readonly name: string;
  readonly table?: string;
  readonly position?: number;
  readonly is?: Record<string, Json>;
}

function object({ kind, oid, name, table, position, is }: Given): CatalogObject {
  return {
    traits: KIND_READERS[kind].traits,
    key: `${kind} ${name}`,
    name,
    identity: oid,
    parent: table === undefined ? null : `table ${table}`,
    table: table ?? (kind === 'table' ? name : null),
    position: position ?? null,
    attributes: JSON.stringify(is ?? {}),
  };
}

const schema = (oid: string, name: string) => object({ kind: 'schema', oid, name });
const table = (oid: string, name: string) => object({ kind: 'table', oid, name });
const column = (oid: string, name: string, position: number) =>
  object({ kind: 'column', oid, name, position, table: name.slice(0, name.lastIndexOf('.')) });
const constraint = (oid: string, name: string, on: string) =>
  object({ kind: 'constraint', oid, name: `${name} on ${on}`, table: on });

function side(...objects: readonly CatalogObject[]): Side {
  return new Side({
    snapshot: {
      major: 17,
      role: 'postgres',
      objects: new Map(objects.map((one) => [one.key, one])),
      unmodelled: [],
      unreadable: [],
    },
    dependencies: [],
    labels: new Map(),
    extensionUpdates: new Map(),
    casts: new Map(),
    enums: new Set(),
  });
}

/** The statements of each step, and the condition that they are asked under. */
function planned(before: Side, after: Side) {
  const { actions, leftovers } = planRenames(before, after);
  const steps = actions.flatMap(({ draft }) => draft.statements.map(({ sql, onlyIf }) => [sql, onlyIf]));
  return { steps, leftovers };
}

test('a table that was renamed is told by what it is', () => {
  expect(planned(side(table('1', 'public.a')), side(table('1', 'public.b')))).toEqual({
    steps: [['ALTER TABLE IF EXISTS public.b RENAME TO a', null]],
    leftovers: [],
  });
});

test('schema, table and column at once: containers first, and what lies in them by its container', () => {
  const before = side(schema('1', 'one'), table('2', 'one.a'), column('2/1', 'one.a.x', 1));
  const after = side(schema('1', 'two'), table('2', 'two.b'), column('2/1', 'two.b.y', 1));
  expect(planned(before, after).steps).toEqual([
    ['ALTER SCHEMA two RENAME TO one', "to_regnamespace('two') IS NOT NULL"],
    ['ALTER TABLE IF EXISTS one.b RENAME TO a', null],
    [
      'ALTER TABLE one.a RENAME COLUMN y TO x',
      "EXISTS (SELECT FROM pg_attribute WHERE attrelid = to_regclass('one.a') AND attname = 'y' AND NOT attisdropped)",
    ],
  ]);
});

test('what moved with its container is not renamed itself', () => {
  const before = side(schema('1', 'one'), table('2', 'one.a'), column('2/1', 'one.a.x', 1));
  const after = side(schema('1', 'two'), table('2', 'two.a'), column('2/1', 'two.a.x', 1));
  expect(planned(before, after).steps).toHaveLength(1);
});

test('columns that exchanged their names are told by their place', () => {
  const before = side(table('1', 'public.t'), column('1/1', 'public.t.a', 1), column('1/2', 'public.t.b', 2));
  const after = side(table('1', 'public.t'), column('1/1', 'public.t.b', 1), column('1/2', 'public.t.a', 2));
  const place = (name: string) =>
    `(SELECT attnum FROM pg_attribute WHERE attrelid = to_regclass('public.t') AND attname = '${name}')`;
  expect(planned(before, after)).toEqual({
    steps: [
      [
        [
          'ALTER TABLE public.t RENAME COLUMN a TO a__in_the_way',
          'ALTER TABLE public.t RENAME COLUMN b TO a',
          'ALTER TABLE public.t RENAME COLUMN a__in_the_way TO b',
        ].join(';\n    '),
        `${place('b')} < ${place('a')}`,
      ],
    ],
    leftovers: [],
  });
});

test('tables that exchanged their names are told by what is on them', () => {
  const before = side(
    table('1', 'public.a'),
    table('2', 'public.b'),
    constraint('3', 'a_pkey', 'public.a'),
    constraint('4', 'b_pkey', 'public.b'),
  );
  const after = side(
    table('1', 'public.b'),
    table('2', 'public.a'),
    constraint('3', 'a_pkey', 'public.b'),
    constraint('4', 'b_pkey', 'public.a'),
  );
  const [step] = planned(before, after).steps;
  expect(step?.[1]).toBe(
    "EXISTS (SELECT FROM pg_constraint WHERE conrelid = to_regclass('public.b') AND conname = 'a_pkey')",
  );
});

test('where nothing tells them apart, that is said', () => {
  const before = side(table('1', 'public.a'), table('2', 'public.b'));
  const after = side(table('1', 'public.b'), table('2', 'public.a'));
  expect(planned(before, after).leftovers).toEqual([
    'table public.a and public.b: nothing tells them apart but what they are called, so that running it twice changes their names again',
  ]);
});

test('a new table makes way for the one that bore the name, as long as that has another one', () => {
  const before = side(table('1', 'public.a'));
  const after = side(table('1', 'public.old'), table('2', 'public.a'));
  expect(planned(before, after).steps).toEqual([
    [
      'ALTER TABLE IF EXISTS public.a RENAME TO a__in_the_way;\n    ALTER TABLE IF EXISTS public.old RENAME TO a',
      "EXISTS (SELECT FROM pg_class WHERE oid = to_regclass('public.old') AND relkind IN ('r', 'p'))",
    ],
  ]);
});
