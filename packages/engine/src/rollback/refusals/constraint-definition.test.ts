import { expect, test } from 'vitest';
import { checkOf, exclusionOf, foreignKeyOf, uniqueIndexOf, uniqueKeyOf } from './constraint-definition.ts';

test('a CHECK', () => {
  expect(checkOf('CHECK ((a > 0)) NO INHERIT')).toEqual({ condition: '(a > 0)', isOwn: true });
  expect(checkOf('CHECK ((a > 0)) NOT VALID')).toEqual({ condition: '(a > 0)', isOwn: false });
  expect(checkOf('UNIQUE (a)')).toBeNull();
});

test('a unique key', () => {
  expect(uniqueKeyOf('UNIQUE NULLS NOT DISTINCT ("a, b", c) INCLUDE (d)')).toEqual({
    keys: ['"a, b"', 'c'],
    where: null,
    isNullOneValue: true,
  });
});

test('a unique index of some rows', () => {
  const definition = `CREATE UNIQUE INDEX one ON public.t USING btree (lower(a) text_pattern_ops DESC, b) INCLUDE (c) WHERE (NOT gone)`;
  expect(uniqueIndexOf(definition)).toEqual({
    keys: ['lower(a)', 'b'],
    where: '(NOT gone)',
    isNullOneValue: false,
  });
  expect(uniqueIndexOf('CREATE INDEX one ON public.t USING btree (a)')).toBeNull();
});

test('a foreign key, and who follows', () => {
  const definition =
    'FOREIGN KEY (a, "b c") REFERENCES public.p(x, y) MATCH FULL ON DELETE SET NULL DEFERRABLE';
  expect(foreignKeyOf(definition)).toEqual({
    columns: ['a', '"b c"'],
    target: 'public.p',
    targetColumns: ['x', 'y'],
    isFull: true,
    follows: { update: false, delete: true },
  });
  expect(foreignKeyOf('FOREIGN KEY (a) REFERENCES public.p(x) ON UPDATE RESTRICT')?.follows).toEqual({
    update: false,
    delete: false,
  });
});

test('an EXCLUDE over expressions of some rows', () => {
  const definition = `EXCLUDE USING gist (room WITH =, tsrange(a, b, '[)'::text) range_ops WITH OPERATOR(pg_catalog.&&)) WHERE ((NOT void)) DEFERRABLE`;
  expect(exclusionOf(definition)).toEqual({
    elements: [
      { key: 'room', operator: '=' },
      { key: `tsrange(a, b, '[)'::text)`, operator: 'OPERATOR(pg_catalog.&&)' },
    ],
    where: '((NOT void))',
  });
});
