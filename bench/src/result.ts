import { z } from 'zod';

const SAMPLE = z.strictObject({ median: z.number(), least: z.number(), most: z.number() });

const CONTENDERS = z.array(
  z.union([
    z.strictObject({ name: z.string(), what: z.string(), ms: SAMPLE }),
    z.strictObject({ name: z.string(), what: z.string(), failure: z.string() }),
  ]),
);

/** What can be measured by itself, in the order of the result. */
export const PARTS = ['chains', 'snapshots', 'synthesis', 'fingerprints', 'proof', 'start'] as const;

/** One of the parts. */
export type Part = (typeof PARTS)[number];

/** What is written to `results/`, one file for each day and machine; `null` or an empty list is what was not measured. */
export const RESULT = z.strictObject({
  date: z.iso.date(),
  machine: z.strictObject({
    processor: z.string(),
    processors: z.number().int(),
    memoryGb: z.number(),
    system: z.string(),
    node: z.string(),
    postgres: z.string(),
  }),
  runs: z.number().int(),
  /** Parts that were measured on another day, on the same machine. */
  earlier: z.array(z.strictObject({ part: z.enum(PARTS), date: z.iso.date() })),
  chains: z.array(
    z.strictObject({
      length: z.number().int(),
      contenders: CONTENDERS,
    }),
  ),
  snapshots: z.array(
    z.strictObject({ tables: z.number().int(), postgres: z.string(), contenders: CONTENDERS }),
  ),
  synthesis: z
    .strictObject({ tables: z.number().int(), postgres: z.string(), contenders: CONTENDERS })
    .nullable()
    .default(null),
  fingerprints: z.array(
    z.strictObject({
      rows: z.number().int(),
      columns: z.number().int(),
      megabytes: z.number().int(),
      postgres: z.string(),
      contenders: CONTENDERS,
    }),
  ),
  proof: z.strictObject({ migrations: z.number().int(), contenders: CONTENDERS }).nullable(),
  start: z.strictObject({ node: SAMPLE, help: SAMPLE }).nullable(),
});

/** One run of the bench. */
export type Result = z.infer<typeof RESULT>;

/** The chains of one length. */
export type ChainResult = Result['chains'][number];

/** Reading a large schema on one server. */
export type SnapshotResult = Result['snapshots'][number];

/** Writing one rollback on a large schema. */
export type SynthesisResult = NonNullable<Result['synthesis']>;

/** Reading all rows of a table on one server. */
export type FingerprintResult = Result['fingerprints'][number];

/** Proving the backend's migrations with rows and without. */
export type ProofResult = NonNullable<Result['proof']>;

/** Starting the command line. */
export type StartResult = NonNullable<Result['start']>;

/** One contender with its times, or the reason why it failed. */
export type Measured = ChainResult['contenders'][number];
