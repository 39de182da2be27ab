import { beforeAll, expect, test } from 'vitest';
import { KIND_READERS } from '../catalog/kind-readers.ts';
import type { CatalogObject, Kind } from '../catalog/model.ts';
import type { Migration, Script } from '../migrations/model.ts';
import { loadParser } from '../sql/parser.ts';
import { splitScript } from '../sql/split-script.ts';
import { leftoversOf } from './leftover.ts';

beforeAll(loadParser);

function object(kind: Kind, name: string, table: string | null): CatalogObject {
  const { traits } = KIND_READERS[kind];
  return {
    traits,
    key: `${kind} ${name}`,
    name,
    table,
    identity: '1',
    parent: null,
    position: null,
    attributes: '{}',
  };
}

function script(file: string, text: string): Script {
  const header = { purpose: null, date: null, track: null, fields: new Map<string, string>() };
  return { file, text, checksum: '', header, ...splitScript(text, false), stash: null };
}

function originOf(up: string, down: string) {
  const migration: Migration = {
    id: 'm',
    sequence: null,
    forward: script('up.sql', up),
    rollback: script('down.sql', down),
    rollbackFile: 'down.sql',
    stashFile: 'stash.sql',
    verify: null,
    seed: null,
    irreversible: null,
    acceptedResiduals: [],
    acceptedLosses: [],
  };
  return { step: 'rollback' as const, migration, rollbackRun: null };
}

function hintOf(extra: CatalogObject, up: string, down: string): string {
  const change = { change: 'extra' as const, object: extra, inner: 0 };
  const [leftover] = leftoversOf([change], originOf(up, down));
  return `${leftover?.file}:${leftover?.line} ${leftover?.remedy}`;
}

test.each<[string, CatalogObject, string, string, string]>([
  [
    'the forward line that made it, when the rollback does not name it',
    object('index', 'public.i', 'public.t'),
    'create table t (a int);\ncreate index i on t (a);',
    'select 1;',
    'up.sql:2 DROP INDEX IF EXISTS public.i;',
  ],
  [
    'the rollback line that names it',
    object('index', 'public.i', 'public.t'),
    'create index i on t (a);',
    'select 1;\n\nalter index i set (fillfactor = 70);',
    'down.sql:3 DROP INDEX IF EXISTS public.i;',
  ],
  [
    'words inside of quotes',
    object('column', 'public."a on b"."in (use)"', 'public."a on b"'),
    'create table "a on b" (a int);\nselect 1 as "b";\nalter table "a on b" add column "in (use)" int;',
    'select 2;',
    'up.sql:3 ALTER TABLE IF EXISTS public."a on b" DROP COLUMN IF EXISTS "in (use)";',
  ],
  [
    'no name within another name',
    object('trigger', 'x on public.t', 'public.t'),
    'create table t (xx int);\ncreate trigger x before update on t for each row execute function f();',
    'select 1;',
    'up.sql:2 DROP TRIGGER IF EXISTS x ON public.t;',
  ],
  [
    'nothing at all',
    object('routine', 'public.f(integer)', null),
    'select 1',
    'select 2',
    'down.sql:null DROP FUNCTION IF EXISTS public.f(integer);',
  ],
])('%s', (_name, extra, up, down, expected) => {
  expect(hintOf(extra, up, down)).toBe(expected);
});

test('that a column is marked as its own cannot be set back', () => {
  const child = { ...object('column', 'public.c.id', 'public.c'), attributes: '{"local":false}' };
  const change = {
    change: 'different' as const,
    before: child,
    after: { ...child, attributes: '{}' },
    attributes: [{ attribute: 'local', before: false, after: null, equivalent: false }],
  };
  const [leftover] = leftoversOf([change], originOf('select 1', 'select 2'));
  expect(leftover?.remedy).toContain('-- Accepts residual: column public.c.id, reason');
});
