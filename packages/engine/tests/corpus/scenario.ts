import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { LIFE_KINDS } from '../../src/data/loosening.ts';

/** What has to be found out about a scenario. */
const EXPECTATION = z.strictObject({
  verdict: z.enum(['proven', 'refuted']),
  equality: z.enum(['exact', 'equivalent', 'reordered', 'residual', 'different']),
  /** SQLSTATE, where the rollback cannot even be run. */
  rollbackFails: z.string().length(5).optional(),
  /** What the rollback leaves or loses, by the snapshot's kinds and names; a newer major may list more. */
  leftovers: z.array(z.strictObject({ kind: z.string(), name: z.string() })).optional(),
  /** What becomes of rows, where the scenario is about them. */
  rows: z
    .strictObject({
      losses: z.array(
        z.strictObject({
          table: z.string(),
          column: z.string().nullable(),
          what: z.enum(['rows-gone', 'rows-more', 'values-changed']),
          by: z.enum(['forward', 'rollback']),
        }),
      ),
      discards: z.array(z.strictObject({ table: z.string(), column: z.string().nullable() })).optional(),
      sequencesSetBack: z.array(z.string()).optional(),
      /** What becomes of writes between migration and rollback, where not all of them are kept. */
      life: z
        .array(z.strictObject({ kind: z.enum(LIFE_KINDS), outcome: z.enum(['lost', 'blocked', 'broken']) }))
        .optional(),
      /** The table of which ordinary writes make the rollback refuse. */
      blockedBy: z.string().optional(),
      /** Columns in which values that were written in between come back in another form. */
      conversions: z.array(z.string()).optional(),
      /** Kinds of writes that are tried, where that matters. */
      lived: z.array(z.enum(LIFE_KINDS)).optional(),
      /** Whether the forward script refuses some rows that the schema before it allows. */
      refused: z.boolean().optional(),
      /** Whether the rows that show it come into the round trip alone: a level of the descent gets no such rows. */
      inTripOnly: z.boolean().optional(),
      /** Whether something that matters could not be looked at. */
      unchecked: z.boolean().optional(),
      /** Tables that hold no row. */
      unseeded: z.array(z.string()).optional(),
      /** How many kinds of writes in between could not be made. */
      unwritten: z.number().int().optional(),
    })
    .optional(),
  /** What a second run of the rollback changes, which makes `verify` refute it. */
  secondRunChanges: z.enum(['schema', 'rows']).optional(),
  /** The oldest major that can run it. */
  minimumMajor: z.number().int().optional(),
  why: z.string().min(10),
});

/** One folder of the corpus: a schema, a migration, its rollback, and what is true of the pair. */
export interface Scenario {
  /** Name of the folder: `<kind>--<case>`. */
  readonly name: string;
  readonly base: string;
  readonly up: string;
  readonly down: string;
  readonly expected: z.infer<typeof EXPECTATION>;
}

const CORPUS = fileURLToPath(new URL('../../../../corpus/', import.meta.url));

/**
 * Reads all folders of `corpus/`, sorted by name.
 * @throws Error when a folder lacks a file, or its expectation has another form
 */
export function readCorpus(): Scenario[] {
  const folders = readdirSync(CORPUS, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map((folder) => readScenario(folder.name)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readScenario(name: string): Scenario {
  const file = (fileName: string) => readFileSync(`${CORPUS}${name}/${fileName}`, 'utf8');
  return {
    name,
    base: file('base.sql'),
    up: file('up.sql'),
    down: file('down.sql'),
    expected: EXPECTATION.parse(JSON.parse(file('expect.json')), {
      error: () => `in corpus/${name}/expect.json`,
    }),
  };
}
