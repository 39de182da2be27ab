import { describe, expect, test } from 'vitest';
import { scriptNamed, setOf, type Texts } from '../../../tests/proof-file/samples.ts';
import type { MigrationSet } from '../../migrations/model.ts';
import { type Circumstances, inputsOf, keyOf } from './inputs.ts';

const A: Texts = { id: '0001_a', forward: 'CREATE TABLE a ();', rollback: 'DROP TABLE a;' };
const B: Texts = { id: '0002_b', forward: 'CREATE TABLE b ();', rollback: 'DROP TABLE b;' };
const C: Texts = { id: '0003_c', forward: 'CREATE TABLE c ();', rollback: 'DROP TABLE c;' };
const USUAL: Circumstances = {
  prelude: null,
  seedFile: null,
  equality: 'residual',
  seed: 1,
  serverMajor: 17,
};

function keysOf(set: MigrationSet, circumstances: Circumstances = USUAL): string[] {
  return [...inputsOf(set, circumstances).values()].map(keyOf);
}

describe('what a key hangs on', () => {
  test.each<[string, Texts, readonly number[]]>([
    ['its forward script: this one and all after it', { ...B, forward: 'CREATE TABLE b (); -- x' }, [1, 2]],
    ['its rollback: this one', { ...B, rollback: 'DROP TABLE b; -- x' }, [1]],
    ['that it has none: this one', { id: B.id, forward: B.forward }, [1]],
    ['what has to be true after it: this one', { ...B, verify: 'SELECT 1;' }, [1]],
    ['rows that it is tried on: this one and all after it', { ...B, seed: 'SELECT 1;' }, [1, 2]],
    ['its name: none', { ...B, id: '0002_other' }, []],
  ])('%s', async (_, changed, places) => {
    const before = keysOf(await setOf(A, B, C));
    const after = keysOf(await setOf(A, changed, C));
    expect(before.flatMap((key, place) => (key === after[place] ? [] : [place]))).toEqual(places);
  });

  test('the order of what comes before', async () => {
    const usual = inputsOf(await setOf(A, B, C), USUAL).get('0003_c');
    const turned = inputsOf(await setOf(B, A, C), USUAL).get('0003_c');
    expect(usual?.scripts).toEqual(turned?.scripts);
    expect(usual?.basis.prefix).not.toBe(turned?.basis.prefix);
  });

  test('all keys: the prelude, the file of rows, the layout, the accepted equality, the number of the rows, the major', async () => {
    const set = await setOf(A, B);
    const variants = [
      keysOf(set),
      keysOf(set, { ...USUAL, prelude: scriptNamed('prelude', 'CREATE ROLE r;') }),
      keysOf(set, { ...USUAL, seedFile: scriptNamed('rows.sql', 'INSERT INTO t VALUES (1);') }),
      keysOf({ ...set, layout: 'drizzle' }),
      keysOf(set, { ...USUAL, equality: 'exact' }),
      keysOf(set, { ...USUAL, seed: 2 }),
      keysOf(set, { ...USUAL, serverMajor: 16 }),
    ];
    expect(new Set(variants.flat()).size).toBe(2 * variants.length);
  });

  test('it stays from version to version, or every file of every project would be stale', async () => {
    expect(keysOf(await setOf(A, B))).toMatchInlineSnapshot(`
      [
        "ea5842b985f0671b82bfaa16cb256e183140b4f39fc7af51539f933c53bf6699",
        "0e413c441f5bff3624c111b131c4736604489be62ce78032d45571b41fd2ef07",
      ]
    `);
  });
});
