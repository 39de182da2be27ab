import type { Case } from './law.ts';
import type { Draw } from './made-up-script.ts';

/** One migration on its schema and rows, as they are made up. */
export interface Situation {
  readonly schema: readonly Draw[];
  readonly rows: readonly number[];
  readonly migration: Case;
}

/**
 * Leaves out what can be left out of a situation so that something is still wrong with it, one thing after the other.
 * @param isWrong whether a situation has the fault that is looked for
 */
export async function simplestCase(
  situation: Situation,
  isWrong: (situation: Situation) => Promise<boolean>,
): Promise<Situation> {
  let simplest = situation;
  for (let isSimpler = true; isSimpler; ) {
    isSimpler = false;
    for (let step = 0; step < simplerCases(simplest).length; ) {
      const simpler = simplerCases(simplest)[step];
      if (simpler !== undefined && (await isWrong(simpler))) {
        simplest = simpler;
        isSimpler = true;
      } else step += 1;
    }
  }
  return simplest;
}

/** All that lack one thing. */
function simplerCases({ schema, rows, migration }: Situation): Situation[] {
  const { changes, writes } = migration;
  return [
    ...without(changes).map((fewer) => ({ schema, rows, migration: { ...migration, changes: fewer } })),
    ...without(writes).map((fewer) => ({ schema, rows, migration: { ...migration, writes: fewer } })),
    ...without(schema).map((fewer) => ({ schema: fewer, rows, migration })),
    ...without(rows).map((fewer) => ({ schema, rows: fewer, migration })),
  ];
}

/** The last ones first, on which the others cannot be built. */
function without<T>(list: readonly T[]): T[][] {
  return list.map((_, place) => list.toSpliced(list.length - 1 - place, 1));
}
