import { describe, expect, test } from 'vitest';
import { entryLike } from '../../../tests/proof-file/samples.ts';
import { canonicalJson, proofFileText } from './canonical.ts';

/** The same value with the fields of each object in the opposite order. */
function turned(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(turned);
  if (typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .reverse()
      .map(([name, inner]) => [name, turned(inner)]),
  );
}

describe('the text of a proof file', () => {
  const entry = entryLike('0001_a');

  test('whatever order the fields came in, the bytes are the same', () => {
    const other = turned(entry) as typeof entry;
    expect(JSON.stringify(other)).not.toBe(JSON.stringify(entry));
    expect(proofFileText(new Map([['0001_a', other]]))).toBe(proofFileText(new Map([['0001_a', entry]])));
  });

  test('two spaces, a field in each line, a newline at the end, entries in the given order', () => {
    const text = proofFileText(
      new Map([
        ['0002_b', entryLike('0002_b')],
        ['0001_a', entry],
      ]),
    );
    expect(text).not.toContain('\r');
    expect(text.split('\n').slice(0, 5)).toEqual([
      '{',
      '  "proofFileVersion": 1,',
      '  "proofs": {',
      '    "0002_b": {',
      expect.stringMatching(/^ {6}"key": "[0-9a-f]{64}",$/),
    ]);
    expect(text.indexOf('"0001_a": {')).toBeGreaterThan(text.indexOf('"0002_b": {'));
    expect(text.endsWith('  }\n}\n')).toBe(true);
  });

  test('what is no entry is not written', () => {
    expect(() => proofFileText(new Map([['0001_a', { ...entry, key: 'short' }]]))).toThrow(/SHA-256/);
  });
});

test('canonical JSON: names in the order of their code units, no white space', () => {
  expect(canonicalJson({ b: [1, { z: null, y: 'ä"' }], a: true, B: 0 })).toBe(
    '{"B":0,"a":true,"b":[1,{"y":"ä\\"","z":null}]}',
  );
});
