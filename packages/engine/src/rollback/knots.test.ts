import { expect, test } from 'vitest';
import { type Rename, untangled } from './knots.ts';

/** Renames as `from>to`. */
function renames(...texts: readonly string[]): Rename[] {
  return texts.map((text) => {
    const [from = '', to = ''] = text.split('>');
    return { from, to };
  });
}

/** Knots as steps, one line each; `!x` makes way. */
function told(wanted: readonly Rename[], ...taken: readonly string[]): string[] {
  return untangled(wanted, new Set([...taken, ...wanted.map(({ from }) => from)])).map(({ steps }) =>
    steps
      .map((step) => (step.kind === 'rename' ? `${step.member.from}>${step.member.to}` : `!${step.name}`))
      .join(' '),
  );
}

test.for<[what: string, wanted: Rename[], taken: string[], expected: string[]]>([
  ['two that have nothing to do with each other', renames('a>b', 'c>d'), [], ['a>b', 'c>d']],
  ['a chain is done from its free end', renames('a>b', 'b>c'), [], ['b>c a>b']],
  ['two that exchange their names', renames('a>b', 'b>a'), [], ['!b a>b b>a']],
  ['a round of three', renames('a>b', 'b>c', 'c>a'), [], ['!b a>b c>a b>c']],
  ['a name that somebody else has', renames('a>b'), ['b'], ['!b a>b']],
  ['a chain whose end somebody else has', renames('a>b', 'b>c'), ['c'], ['!b a>b !c b>c']],
  ['a circle beside a chain', renames('a>b', 'x>y', 'b>a'), [], ['!b a>b b>a', 'x>y']],
])('%s', ([, wanted, taken, expected]) => {
  expect(told(wanted, ...taken)).toEqual(expected);
});
