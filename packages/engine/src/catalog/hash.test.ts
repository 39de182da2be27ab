import { expect, test } from 'vitest';
import { exactHash, portableHash } from './hash.ts';
import { KIND_READERS } from './kind-readers.ts';
import type { CatalogObject, Json, Kind, Snapshot } from './model.ts';

function object(kind: Kind, name: string, attributes: Record<string, Json>): CatalogObject {
  const { traits } = KIND_READERS[kind];
  const common = { parent: null, table: null, position: null, identity: `pg_class/${name}` };
  return { traits, key: `${kind} ${name}`, name, attributes: JSON.stringify(attributes), ...common };
}

function snapshot(role: string, objects: readonly CatalogObject[], over: Partial<Snapshot> = {}): Snapshot {
  const byKey = new Map(objects.map((each) => [each.key, each]));
  return { major: 17, role, objects: byKey, unmodelled: [], unreadable: [], ...over };
}

const table = (owner: string, privileges: Json = null, options: Json = null) =>
  object('table', 'public.t', { owner, privileges, options });

const base = snapshot('app', [table('app', ['app=arwd/app', 'reader=r/app'])]);

test.each<[string, Snapshot, boolean, boolean]>([
  ['itself', base, true, true],
  ['another order of reading', snapshot('app', [...base.objects.values()].reverse()), true, true],
  [
    'the same owned and granted by another migrating role',
    snapshot('deployer', [table('deployer', ['deployer=arwd/deployer', 'reader=r/deployer'])]),
    false,
    true,
  ],
  [
    'an owner that is not the migrating role',
    snapshot('app', [table('other', ['app=arwd/app', 'reader=r/app'])]),
    false,
    false,
  ],
  ['another grant', snapshot('app', [table('app', ['app=arwd/app', 'reader=rw/app'])]), false, false],
  [
    'another option',
    snapshot('app', [table('app', ['app=arwd/app', 'reader=r/app'], ['fillfactor=70'])]),
    false,
    false,
  ],
  ['a role more', snapshot('app', [...base.objects.values(), object('role', 'x', {})]), false, true],
  ['something unmodelled', { ...base, unmodelled: [{ what: 'base types', fingerprint: 'x' }] }, true, false],
])('%s', (_name, other, exact, portable) => {
  expect([exactHash(other) === exactHash(base), portableHash(other) === portableHash(base)]).toEqual([
    exact,
    portable,
  ]);
});

test('what depends on the server is left out of the portable hash only', () => {
  const column = (storage: string) =>
    snapshot('app', [object('column', 'public.t.c', { type: 'text', storage })]);
  expect(exactHash(column('x'))).not.toBe(exactHash(column('e')));
  expect(portableHash(column('x'))).toBe(portableHash(column('e')));
});

test('a role whose name begins another is not taken for it', () => {
  const owned = (privilege: string) => snapshot('app', [table('x', [privilege])]);
  expect(portableHash(owned('app2=r/app2'))).not.toBe(portableHash(owned('app=r/app2')));
});
