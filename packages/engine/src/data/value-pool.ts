import { textsOf } from './shared-labels.ts';
import type { ColumnShape } from './table-shape.ts';

/** Letters of `pg_type.typcategory` (PostgreSQL manual 53.64): values that migrations are known to damage come first. */
const BY_CATEGORY: Readonly<Record<string, readonly string[]>> = {
  B: ['true', 'false'],
  // A day that is not in every year, the hour that a summer time leaves out, the last day before a century. None is yet to
  // come: what is computed from an age would fail.
  D: ['2024-02-29 23:59:59.123456+00', '2024-03-31 02:30:00+01', '1999-12-31', '2021-06-15', '1970-01-01'],
  G: ['(1,2)', '(3,4.5)', '((0,0),(1,1))', '[(0,0),(1,1)]', '{1,2,3}', '<(0,0),1>', '((0,0),(1,1),(2,0))'],
  I: ['10.0.0.0/8', '192.168.1.7/32', '::1/128'],
  // Fractions, signs, more than two bytes hold, more than four bytes hold.
  N: [
    '1.55',
    '-2.5',
    '100000.125',
    '7',
    '0',
    '3',
    '42',
    '3000000000.5',
    '12',
    '-1',
    ...Array.from({ length: 12 }, (_, place) => String(101 + place)),
  ],
  R: [
    '[1,5)',
    '[7,9)',
    '[2024-01-01,2024-02-01)',
    '[2024-03-01,2024-04-01)',
    'empty',
    '{[1,3)}',
    '{[2024-01-01,2024-02-01)}',
  ],
  // Leading zeros, several bytes and no room in a short column, nothing at all, blanks at the ends, capitals.
  S: [
    '007',
    'Ærøskøbing — 日本語の長い名前 — and some more words',
    '',
    ' Mixed Case ',
    'a',
    'plain',
    '1.2.3',
    'b@example.org',
    'NZ',
    'NZD',
    '{"a": 1}',
    '42',
    ...Array.from({ length: 12 }, (_, place) => `word ${place + 1}`),
  ],
  T: ['1 day', '24 hours', '1 mon 2 days', '00:00:01.5'],
  V: ['101', '0', '1'],
};

const BY_TYPE: Readonly<Record<string, readonly string[]>> = {
  bytea: ['\\x00ff10', '\\x', '\\xdeadbeef'],
  'double precision': ['1.5', '-0', '0.1', '1e10', 'NaN'],
  real: ['1.5', '-0', '0.1'],
  json: ['{"a": 1, "a": 2}', '[]', '{"b": {"c": null}}', '{}'],
  jsonb: ['{"a": 1.0, "b": [1, 2]}', '[]', '{"c": null}', '{}'],
  uuid: Array.from({ length: 16 }, (_, place) => uuidOf('8', place + 1)),
  money: ['1.55', '-2.50', '0'],
  xml: ['<a/>', '<a b="1">x</a>'],
  tsvector: [`'a' 'b':2A`, 'c'],
  tsquery: ['a & b', 'c'],
  macaddr: ['08:00:2b:01:02:03', '08:00:2b:01:02:04'],
  '"char"': ['a', 'b', 'c'],
};

/** Scripts make names of the first letters of one (`left(id::text, 8)`), so that those differ as well as the last ones. */
function uuidOf(kind: '8' | '9' | 'a', number: number): string {
  const digits = number.toString(16);
  return `${kind}${digits.slice(-7).padStart(7, '0')}-5eed-4000-${kind}000-${digits.padStart(12, '0')}`;
}

/** How many values of a type are in every seeding: those that come first. */
export const TELLING = 4;

/** Tried where nothing is known about a type: most types take one of them. */
const ANYTHING = [
  '1',
  'a',
  '{}',
  '(1,2)',
  '(,)',
  '()',
  '[1,2,3]',
  'a.b',
  '"a"=>"1"',
  '{[1,3)}',
  '0/16',
  '(,,)',
  '(,,,)',
  'POINT(1 2)',
  'SRID=4326;POINT(1 2)',
  'MULTIPOLYGON(((0 0,0 1,1 1,0 0)))',
];

/**
 * Texts that may be values of a column, the likeliest first. Which of them the type accepts, the server says.
 * @param constants what conditions on the column hold
 * @param table its name: behind the usual values stands one that no other table has
 * @param turn puts the first of the usual values in another order, so that another seed gives other rows
 * @param held how many values the column holds that are not to be repeated: values that come after those go first
 */
export function valuePool(
  column: ColumnShape,
  {
    constants,
    table,
    turn,
    held,
  }: { constants: readonly string[]; table: string; turn: number; held: number },
): string[] {
  const type = column.baseType.replace(/\(.*\)/, '').replace(/^pg_catalog\./, '');
  const usual =
    column.labels.length > 0
      ? textsOf(column.labels)
      : (BY_TYPE[type] ?? BY_CATEGORY[column.category] ?? ANYTHING);
  const values = column.elementType === null ? usual : arraysOf(column.elementType);
  const near = constants.flatMap((constant) => [
    ...nearConstant(constant),
    ...holding(constant, { isArray: column.elementType !== null, type }),
  ]);
  const first = values.slice(0, TELLING);
  return [
    ...new Set([
      ...column.proposed,
      ...(held > 0 && column.labels.length === 0 ? freshValues(column.category, { type, held }) : []),
      ...near,
      ...turned(first, turn),
      ...ownValues(column, { type, table }),
      ...values.slice(TELLING),
      ...sizedValues(column.baseType),
    ]),
  ];
}

/** The first values are in every seeding, each time in another order. */
function turned(first: readonly string[], turn: number): string[] {
  const by = first.length === 0 ? 0 : turn % first.length;
  return [...first.slice(by), ...first.slice(0, by)];
}

/** How many values there are that no row has yet. */
const FRESH = 24;

function freshValues(category: string, { type, held }: { type: string; held: number }): string[] {
  const numbers = Array.from({ length: FRESH }, (_, place) => held + place);
  if (type === 'uuid') return numbers.map((number) => uuidOf('a', number));
  if (category === 'S') return numbers.map((number) => `further ${number}`);
  if (category === 'N') return numbers.map((number) => String(1_000 + number));
  return category === 'D' ? numbers.map((number) => shifted('2001-01-01', number)) : [];
}

/** What tells the rows of a table from those of every other one, and its columns from each other. */
function ownValues(
  { name, category, labels }: ColumnShape,
  { type, table }: { type: string; table: string },
): string[] {
  const own = `${table}.${name}`;
  const number = hashOf(own);
  if (type === 'uuid') return [uuidOf('9', number)];
  if (labels.length > 0) return [];
  if (category === 'S') return [`of ${own}`];
  if (category === 'N') return [String(200 + (number % 32_000))];
  return category === 'D' ? [shifted('1980-01-01', number % 10_000)] : [];
}

/** FNV-1a, 32 bits: spreads names evenly, which is all that is asked of it. */
function hashOf(text: string): number {
  let hash = 0x811c9dc5;
  for (const character of text) hash = Math.imul(hash ^ (character.codePointAt(0) ?? 0), 0x01000193) >>> 0;
  return hash;
}

/** Texts of a type with a size, where all of it has to be there: `bit(8)`, and types of extensions such as `vector(3)`. */
function sizedValues(type: string): string[] {
  const size = Number(/\((\d+)\)$/.exec(type)?.[1] ?? 0);
  if (size === 0 || size > LARGEST || /char/.test(type)) return [];
  const numbers = [0, 1, 2].map((first) => `[${[first, ...Array<number>(size - 1).fill(1)].join(',')}]`);
  return [...numbers, `{1:1}/${size}`, '1'.repeat(size), '0'.repeat(size)];
}

function arraysOf(elementType: string): readonly string[] {
  if (/char|text|citext/.test(elementType)) return ['{a,"b c",NULL}', '{}', '{007}'];
  return ['{1,2}', '{}', '{3}', '{a}', '{1.5}', '{true}', '{2024-02-29}'];
}

/** Values of compound types that hold a constant. */
function holding(constant: string, { isArray, type }: { isArray: boolean; type: string }): string[] {
  const quoted = JSON.stringify(constant);
  if (isArray) return [`{${quoted}}`];
  return type === 'json' || type === 'jsonb' ? [quoted, `[${quoted}]`, `{${quoted}: ${quoted}}`] : [];
}

/** Elements of the largest value that is made up for a type with a size. */
const LARGEST = 16_000;

/** Letters of the longest text that is made up. */
const LONGEST = 1_000;

/** A condition's constant, and what lies on both sides of it: lengths, bounds, patterns of LIKE. */
function nearConstant(constant: string): string[] {
  const values = [constant];
  const number = Number(constant);
  if (/^-?\d+(\.\d+)?$/.test(constant)) {
    values.push(String(number + 1), String(number - 1));
    if (number > 0 && number <= LONGEST) {
      const long = ['a', 'A', '1'].map((letter) => letter.repeat(number));
      values.push(...long, 'b'.repeat(number + 1));
    }
  }
  const day = /^\d{4}-\d\d-\d\d/.exec(constant)?.[0];
  if (day !== undefined) values.push(...[-1, 1, 30].map((days) => shifted(day, days)));
  if (/[%_]/.test(constant)) values.push(constant.replaceAll('%', 'a').replaceAll('_', 'b'));
  return values;
}

function shifted(day: string, days: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + days * 86_400_000).toISOString().slice(0, 10);
}
