import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { z } from 'zod';
import { COLUMN_ORDERS } from '../../src/rollback/column-order/column-order.ts';

/** What has to come of writing a rollback, whatever comes of it today. */
const EXPECTATION = z.strictObject({
  /** `refused`: no script may be called proven, and the reason is told. */
  verdict: z.enum(['proven', 'conditional', 'refused']),
  /** A regular expression that what is told of a refusal has to match. */
  reason: z.string().optional(),
  /** What is asked for the order of columns; `auto` where nothing is. */
  columnOrder: z.enum(COLUMN_ORDERS).optional(),
  /** How equal the catalog has to be; `reordered` where a column comes back behind the others. */
  equality: z.enum(['exact', 'equivalent', 'reordered']).optional(),
  /**
   * All rows of tables that are not as before the migration, after `life.sql` and the rollback: as COPY prints them, columns
   * in the order of their names, separated by `|`.
   */
  rows: z.record(z.string(), z.array(z.string())).optional(),
  /** Whether what `life.sql` writes stands in the way, so that the rollback has to refuse, and what it has to say of it. */
  refuses: z.string().optional(),
  /** A query on the database after the rollback, with a regular expression for the one value that it has to give. */
  asks: z.strictObject({ sql: z.string(), answer: z.string() }).optional(),
  /** Whether the rollback is run as one text in one transaction as well; not where its statements forbid it. */
  alone: z.boolean().optional(),
  /**
   * Whether the migration is about what a server keeps outside of its databases, so that it gets servers of its own, and is
   * judged in one database instead of copies. Nothing is written in between.
   */
  cluster: z.boolean().optional(),
  minimumMajor: z.number().int().optional(),
  why: z.string().min(10),
});

/** One folder of `corpus-synthesis/`: a schema, rows of a team's own, a migration, what an application writes after it. */
export interface NastyScenario {
  /** Name of the folder: `<number>-<words>`. */
  readonly name: string;
  readonly base: string;
  readonly seed: string;
  readonly up: string;
  readonly life: string | null;
  readonly expected: z.infer<typeof EXPECTATION>;
}

const FOLDER = fileURLToPath(new URL('../../../../corpus-synthesis/', import.meta.url));

/**
 * Reads all scenarios, sorted by name.
 * @throws Error when a folder lacks a file, or its expectation has another form
 */
export function readNastyScenarios(): NastyScenario[] {
  const folders = readdirSync(FOLDER, { withFileTypes: true }).filter((entry) => entry.isDirectory());
  return folders.map(({ name }) => readScenario(name)).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function readScenario(name: string): NastyScenario {
  const file = (fileName: string) => readFileSync(`${FOLDER}${name}/${fileName}`, 'utf8');
  return {
    name,
    base: file('base.sql'),
    seed: file('seed.sql'),
    up: file('up.sql'),
    life: existsSync(`${FOLDER}${name}/life.sql`) ? file('life.sql') : null,
    expected: EXPECTATION.parse(JSON.parse(file('expect.json')), {
      error: () => `in corpus-synthesis/${name}/expect.json`,
    }),
  };
}
