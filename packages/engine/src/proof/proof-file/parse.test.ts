import { describe, expect, test } from 'vitest';
import { entryLike } from '../../../tests/proof-file/samples.ts';
import { proofFileText } from './canonical.ts';
import { parseProofFile } from './parse.ts';

const ENTRIES = new Map([
  ['0001_a', entryLike('0001_a')],
  ['0002_b', entryLike('0002_b', { verdict: 'refuted', reason: 'the rollback fails' })],
]);
const TEXT = proofFileText(ENTRIES);
const FILE = 'drizzle/pivotal-flow.proofs.json';

test('what was written is read again', () => {
  expect(parseProofFile(FILE, TEXT)).toEqual({ kind: 'entries', entries: ENTRIES });
  expect(parseProofFile(FILE, `\uFEFF${TEXT.replaceAll('\n', '\r\n')}`)).toEqual({
    kind: 'entries',
    entries: ENTRIES,
  });
});

describe('a broken file is told with its place', () => {
  const line = (text: string) => TEXT.slice(0, TEXT.indexOf(text)).split('\n').length;
  test.each<[string, string, string, number | undefined]>([
    [
      'conflict markers',
      TEXT.replace('  "proofs": {', '<<<<<<< HEAD\n  "proofs": {\n=======\n'),
      'holds the conflict markers of a merge',
      3,
    ],
    [
      'a comma too many',
      TEXT.replace('"exact",', '"exact",,'),
      'is not JSON: Expected double-quoted',
      line('"exact",'),
    ],
    ['only a part', TEXT.slice(0, 300), 'is not JSON: ', TEXT.slice(0, 300).split('\n').length],
    ['nothing', '', 'is not JSON: Unexpected end', 1],
    ['a word', 'nonsense\n', 'is not JSON: Unexpected token', undefined],
    ['no object', '[]', 'is no proof file: ', undefined],
    ['a version that never was', '{"proofFileVersion":0,"proofs":{}}', 'proofFileVersion: ', undefined],
    [
      'an unknown verdict',
      TEXT.replace('"refuted"', '"fine"'),
      'is no proof file: proofs.0002_b.verdict: ',
      line('"0002_b": {'),
    ],
    ['an unknown field', TEXT.replace('"key":', '"x": 1, "key":'), 'proofs.0001_a: Unrecognized key: "x"', 4],
    ['no digest', TEXT.replace(/"digest": .*\n/, ''), 'proofs.0001_a.digest', 4],
  ])('%s', (_, text, message, place) => {
    const parsed = parseProofFile(FILE, text);
    expect(parsed).toMatchObject({
      kind: 'broken',
      problem: {
        code: 'broken-proof-file',
        message: expect.stringContaining(message) as string,
        fix: expect.stringContaining('pivotal-flow verify --write') as string,
        file: FILE,
      },
    });
    expect(parsed.kind === 'broken' ? parsed.problem.line : null).toBe(place);
  });
});

test('a file of a later version is not taken for a broken one', () => {
  expect(parseProofFile(FILE, '{"proofFileVersion":2,"evidence":[]}')).toMatchObject({
    kind: 'newer',
    problem: {
      code: 'newer-proof-file',
      message: `${FILE} has version 2, and this pivotal-flow reads version 1`,
    },
  });
});
