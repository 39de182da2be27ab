import { z } from 'zod';

const SAMPLE = z.strictObject({ median: z.number(), least: z.number(), most: z.number() });

/** What is written to `results/`, one file for each day and machine. */
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
  chains: z.array(
    z.strictObject({
      length: z.number().int(),
      contenders: z.array(
        z.union([
          z.strictObject({ name: z.string(), what: z.string(), ms: SAMPLE }),
          z.strictObject({ name: z.string(), what: z.string(), failure: z.string() }),
        ]),
      ),
    }),
  ),
});

/** One run of the bench. */
export type Result = z.infer<typeof RESULT>;

/** The chains of one length. */
export type ChainResult = Result['chains'][number];
