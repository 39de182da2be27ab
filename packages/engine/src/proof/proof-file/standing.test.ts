import { describe, expect, test } from 'vitest';
import { entryLike, PROVEN_ENTRY } from '../../../tests/proof-file/samples.ts';
import { sealed } from './entry.ts';
import type { OpenEntry, ProofInputs } from './format.ts';
import { contradiction, standingOf } from './standing.ts';

const ID = '0001_a';
const NOW: ProofInputs = { scripts: PROVEN_ENTRY.scripts, basis: PROVEN_ENTRY.basis };
const OTHER = 'd'.repeat(64);
const script = (changed: Partial<ProofInputs['scripts']>): ProofInputs => ({
  ...NOW,
  scripts: { ...NOW.scripts, ...changed },
});
const basis = (changed: Partial<ProofInputs['basis']>): ProofInputs => ({
  ...NOW,
  basis: { ...NOW.basis, ...changed },
});

describe('how an entry stands to the folder', () => {
  test.each<[string, ProofInputs]>([
    ['its rollback script has changed', script({ rollback: OTHER })],
    ['its forward and rollback script have changed', script({ forward: OTHER, rollback: null })],
    ['its verify and seed script have changed', script({ verify: OTHER, seed: OTHER })],
    ['what is applied before it has changed', basis({ prefix: OTHER })],
    ['it accepts residual as equal, and this run exact', basis({ equality: 'exact' })],
    ['it was made by another method of proof', basis({ method: 2 })],
  ])('stale: %s', (why, inputs) => {
    expect(standingOf(ID, entryLike(ID), inputs)).toEqual({ kind: 'stale', why });
  });

  test('it holds, or is as good on another server or other rows', () => {
    expect(standingOf(ID, entryLike(ID), NOW)).toEqual({ kind: 'holds' });
    expect(standingOf(ID, entryLike(ID), basis({ serverMajor: 14, seed: 9 }))).toEqual({
      kind: 'made-otherwise',
    });
  });

  test('another major hides no other change', () => {
    expect(standingOf(ID, entryLike(ID), basis({ serverMajor: 14, prefix: OTHER })).kind).toBe('stale');
  });

  const byHand = { kind: 'stale', why: 'it was changed after it was written, by hand or by a merge' };

  test.each<[string, Partial<OpenEntry>]>([
    ['its verdict', { verdict: 'lossy' }],
    ['its major', { basis: { ...PROVEN_ENTRY.basis, serverMajor: 16 } }],
    ['a hash', { schema: { ...PROVEN_ENTRY.schema, after: null } }],
  ])('what was changed by hand is noticed: %s', (_, changed) => {
    expect(standingOf(ID, { ...entryLike(ID), ...changed }, NOW)).toEqual(byHand);
  });

  test('an entry under the name of another migration, or with the key of another', () => {
    expect(standingOf('0002_b', entryLike(ID), NOW)).toEqual(byHand);
    expect(standingOf(ID, sealed(ID, { ...PROVEN_ENTRY, key: OTHER }), NOW)).toEqual(byHand);
  });
});

describe('what a run found against an entry', () => {
  const loss = { table: 'public.t', column: 'a', what: 'values-changed', by: 'forward', life: null } as const;

  test.each<[RegExp, Partial<OpenEntry>]>([
    [/^it says proven, and this run found refuted$/, { verdict: 'refuted' }],
    [/^it says exact of how equal .* this run reordered$/, { equality: 'reordered' }],
    [
      /^it has another schema after the migration/,
      { schema: { ...PROVEN_ENTRY.schema, after: { exact: OTHER, portable: OTHER } } },
    ],
    [/^it names other losses/, { losses: [{ ...loss, accepted: null }] }],
    [
      /tables without rows/,
      {
        seeded: { tables: 1, rows: 5, own: 0, unseeded: [{ table: 't', reason: 'x', hasToBeEmpty: false }] },
      },
    ],
  ])('%s', (why, found) => {
    expect(contradiction(entryLike(ID), entryLike(ID, found))).toMatch(why);
  });

  test.each<[string, Partial<OpenEntry>]>([
    ['how many rows there were', { seeded: { tables: 2, rows: 9, own: 0, unseeded: [] } }],
    [
      'the hash for one server only',
      {
        schema: {
          before: { exact: OTHER, portable: PROVEN_ENTRY.schema.before.portable },
          after: PROVEN_ENTRY.schema.after,
        },
      },
    ],
    ['the version of the tool', { toolVersion: '9.0.0' }],
    ['the sentence', { reason: 'in other words' }],
  ])('does not count: %s', (_, found) => {
    expect(contradiction(entryLike(ID), entryLike(ID, found))).toBeNull();
  });
});
