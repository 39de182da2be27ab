import { expect, test } from 'vitest';
import { KIND_READERS } from '../catalog/kind-readers.ts';
import type { CatalogObject, Kind } from '../catalog/model.ts';
import { removalOf } from './removal.ts';

function object(kind: Kind, name: string, table: string | null = null, parent: string | null = null) {
  const found: CatalogObject = {
    traits: KIND_READERS[kind].traits,
    key: `${kind} ${name}`,
    name,
    identity: 'pg_x/20000',
    parent,
    table,
    position: null,
    attributes: '{}',
  };
  return found;
}

test.for<[found: CatalogObject, statement: string | null]>([
  [object('table', 'public.t'), 'DROP TABLE IF EXISTS public.t;'],
  [
    object('column', 'public.t."a.b"', 'public.t', 'table public.t'),
    'ALTER TABLE IF EXISTS public.t DROP COLUMN IF EXISTS "a.b";',
  ],
  [
    object('constraint', '"x on y" on public.d', 'public.d', 'domain public.d'),
    'ALTER DOMAIN public.d DROP CONSTRAINT IF EXISTS "x on y";',
  ],
  [object('policy', 'p on public.t', 'public.t', 'table public.t'), 'DROP POLICY IF EXISTS p ON public.t;'],
  [object('routine', 'public.f(integer, text)'), 'DROP FUNCTION IF EXISTS public.f(integer, text);'],
  [
    object('operator-class', 'public."x using y" using btree'),
    'DROP OPERATOR CLASS IF EXISTS public."x using y" USING btree;',
  ],
  [
    object('operator-family', 'public.near using gist'),
    'DROP OPERATOR FAMILY IF EXISTS public.near USING gist;',
  ],
  [object('operator', 'public.===(NONE, integer)'), 'DROP OPERATOR IF EXISTS public.===(NONE, integer);'],
  [object('cast', '(public.m AS text)'), 'DROP CAST IF EXISTS (public.m AS text);'],
  [object('transform', 'for jsonb language sql'), 'DROP TRANSFORM IF EXISTS FOR jsonb LANGUAGE sql;'],
  [
    object('user-mapping', 'for "to server x" server far'),
    'DROP USER MAPPING IF EXISTS FOR "to server x" SERVER far;',
  ],
  [object('language', 'plsample'), 'DROP LANGUAGE IF EXISTS plsample;'],
  [object('subscription', 's'), null],
])('$0.key', ([found, statement]) => {
  expect(removalOf(found)).toBe(statement);
});
