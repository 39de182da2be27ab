import { beforeAll, describe, expect, test } from 'vitest';
import { KIND_READERS } from '../catalog/kind-readers.ts';
import type { CatalogObject, Json, Kind, Snapshot } from '../catalog/model.ts';
import { loadParser } from '../sql/parser.ts';
import { compareSnapshots } from './compare-snapshots.ts';

beforeAll(loadParser);

interface Choices {
  readonly oid?: number;
  readonly parent?: string;
  readonly position?: number;
  readonly is?: Record<string, Json>;
}

function object(
  kind: Kind,
  name: string,
  { oid = 1, parent, position, is = {} }: Choices = {},
): CatalogObject {
  return {
    traits: KIND_READERS[kind].traits,
    key: `${kind} ${name}`,
    name,
    identity: `pg_class/${oid}`,
    parent: parent ?? null,
    table: null,
    position: position ?? null,
    attributes: JSON.stringify(is),
  };
}

const snapshot = (...objects: CatalogObject[]): Snapshot => ({
  major: 17,
  role: 'app',
  objects: new Map(objects.map((each) => [each.key, each])),
  unmodelled: [{ what: 'base types', fingerprint: '' }],
  unreadable: [],
});

const table = (oid = 1) => object('table', 'public.t', { oid });
const column = (name: string, position: number, oid = 10 + position, is: Record<string, Json> = {}) =>
  object('column', `public.t.${name}`, { oid, parent: 'table public.t', position, is });

describe('compareSnapshots', () => {
  test('equal snapshots are exact', () => {
    const same = snapshot(table(), column('a', 1));
    expect(compareSnapshots(same, snapshot(table(), column('a', 1)))).toMatchObject({
      equality: 'exact',
      changes: [],
    });
  });

  test('what comes with a larger object is counted there', () => {
    const { changes, equality } = compareSnapshots(
      snapshot(),
      snapshot(table(), column('a', 1), column('b', 2)),
    );
    expect(equality).toBe('different');
    expect(changes).toMatchObject([{ change: 'extra', object: { key: 'table public.t' }, inner: 2 }]);
  });

  test('a renamed object is one change, told by both names', () => {
    const before = snapshot(object('index', 'public.a', { oid: 5 }));
    const after = snapshot(object('index', 'public.b', { oid: 5 }));
    expect(compareSnapshots(before, after).changes).toMatchObject([
      { change: 'renamed', before: { name: 'public.a' }, after: { name: 'public.b' } },
    ]);
    expect(compareSnapshots(before, after, 'by-name').changes.map(({ change }) => change)).toEqual([
      'missing',
      'extra',
    ]);
  });

  test('columns that exchanged their names are not equal, though nothing else differs', () => {
    const before = snapshot(table(), column('a', 1, 11), column('b', 2, 12));
    const after = snapshot(table(), column('a', 2, 12), column('b', 1, 11));
    const { equality, changes } = compareSnapshots(before, after);
    expect(equality).toBe('different');
    expect(changes.map(({ change }) => change).sort()).toEqual(['exchanged', 'exchanged', 'reordered']);
  });

  test('a column added again last is reordered; one that only comes last is not', () => {
    const before = snapshot(table(), column('a', 1), column('b', 2));
    expect(compareSnapshots(before, snapshot(table(), column('a', 3, 30), column('b', 2))).equality).toBe(
      'reordered',
    );
    expect(compareSnapshots(before, snapshot(table(), column('a', 1), column('b', 7, 12))).equality).toBe(
      'exact',
    );
  });

  test('a table of the same name made anew is exact and told as recreated', () => {
    const comparison = compareSnapshots(snapshot(table(1)), snapshot(table(2)));
    expect(comparison).toMatchObject({ equality: 'exact', recreated: [{ key: 'table public.t' }] });
  });

  test('columns of a view hold nothing that could be lost', () => {
    const view = object('view', 'public.v');
    const inView = (oid: number) =>
      object('column', 'public.v.a', { oid, parent: 'view public.v', position: 1 });
    expect(compareSnapshots(snapshot(view, inView(1)), snapshot(view, inView(2))).recreated).toEqual([]);
  });

  test.each<[string, Record<string, Json>, Record<string, Json>, string]>([
    [
      'a definition printed differently',
      { definition: 'CHECK (a IN (1))' },
      { definition: 'CHECK  (a IN (1))' },
      'equivalent',
    ],
    ['another definition', { definition: 'CHECK (a > 1)' }, { definition: 'CHECK (a > 2)' }, 'different'],
    [
      'one attribute equivalent, another not',
      { definition: 'CHECK (a > 1)', comment: 'x' },
      { definition: 'CHECK  (a > 1)', comment: null },
      'different',
    ],
    ['text that is no SQL', { comment: 'a  b' }, { comment: 'a b' }, 'different'],
  ])('%s', (_name, was, is, equality) => {
    const of = (attributes: Record<string, Json>) =>
      snapshot(object('constraint', 'c on public.t', { is: attributes }));
    expect(compareSnapshots(of(was), of(is)).equality).toBe(equality);
  });

  test('what no kind describes and was touched is told', () => {
    const touched = { ...snapshot(), unmodelled: [{ what: 'base types', fingerprint: 'x' }] };
    expect(compareSnapshots(snapshot(), touched).unmodelled).toEqual(['base types']);
  });
});
