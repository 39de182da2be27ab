import { z } from 'zod';
import { ACCEPTABLE_EQUALITIES } from './diff/change.ts';
import { LAYOUTS } from './migrations/model.ts';
import { COLUMN_ORDERS } from './rollback/column-order/column-order.ts';

/** What `pivotal-flow.config.*` may say; paths are relative to the folder that the command is started in. */
export const configSchema = z.strictObject({
  /** The migrations folder. */
  migrations: z.string().min(1).optional(),
  /** Detected when left out. */
  layout: z.enum(LAYOUTS).optional(),
  /** Where ephemeral databases live: `embedded`, `embedded:<major>` or a URL. */
  server: z.string().min(1).optional(),
  /** SQL that makes what the first migration expects, such as roles: the text, or `{ file: 'path' }`. */
  prelude: z
    .union([z.string(), z.strictObject({ file: z.string().min(1) })], {
      error: 'must be SQL text or { file: "path" }',
    })
    .optional(),
  /** Files of the migrations folder that are no migrations. */
  ignore: z.array(z.string().min(1)).optional(),
  /** The worst equality that counts as proven. */
  equality: z.enum(ACCEPTABLE_EQUALITIES).optional(),
  /** What rollbacks that are written do about the order of columns. */
  columnOrder: z.enum(COLUMN_ORDERS).optional(),
  /** A file of rows that suit the schema at some migration, such as a dump. */
  seedFile: z.string().min(1).optional(),
  /** Whether a declared `-- Irreversible:` is all good. */
  allowIrreversible: z.boolean().optional(),
  /** Consent to migrations that change roles or settings of a server of the user's. */
  allowClusterChanges: z.boolean().optional(),
  /** The proof file: `publicKey` is the file of the key by which its proofs have to be signed. */
  proofs: z.strictObject({ publicKey: z.string().min(1).optional() }).optional(),
});

/** The settings of a project: `export default { … } satisfies PivotalFlowConfig`. */
export type PivotalFlowConfig = z.input<typeof configSchema>;
