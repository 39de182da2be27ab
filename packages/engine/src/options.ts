import { z } from 'zod';
import { ACCEPTABLE_EQUALITIES } from './diff/change.ts';
import { InputError } from './errors/input-error.ts';
import type { Problem } from './errors/problem.ts';
import { LAYOUTS } from './migrations/model.ts';
import { parseServerOption, type ServerRequest } from './postgres/server-request.ts';
import { COLUMN_ORDERS } from './rollback/column-order/column-order.ts';

const schema = z.strictObject({
  /** Where paths are relative to; absolute. */
  cwd: z.string().min(1),
  /** The migrations folder. */
  migrations: z.string().min(1),
  /** Detected when left out. */
  layout: z.enum(LAYOUTS).optional(),
  /** `embedded`, `embedded:<major>` or a URL. */
  server: z.string().default('embedded'),
  /** Files of the folder that are no migrations and are passed over; paths relative to the folder. */
  ignore: z.array(z.string().min(1)).default([]),
  /** Only these are proven; earlier ones are applied. All when left out. */
  ids: z.array(z.string().min(1)).optional(),
  /** Stop at the first migration that makes the exit code non-zero. */
  bail: z.boolean().default(false),
  /** Also walk from the tip down to the base and up again; with rows where `data` says so. */
  descent: z.boolean().default(false),
  /** The worst equality that counts as proven. */
  equality: z.enum(ACCEPTABLE_EQUALITIES).default('residual'),
  /** Whether tables are filled and rows compared; otherwise the schema alone is. */
  data: z.boolean().default(true),
  /** Chooses the rows that tables are filled with. */
  seed: z.int().nonnegative().default(1),
  /** A file of rows that suit the schema at some migration, such as a dump. */
  seedFile: z.string().min(1).optional(),
  /** Whether rows that may make a rollback refuse are something found. */
  strict: z.boolean().default(false),
  /** Whether a declared `-- Irreversible:` is all good. */
  allowIrreversible: z.boolean().default(false),
  /** Consent to migrations that change roles or settings of a server of the user's. */
  allowClusterChanges: z.boolean().default(false),
  /** What rollbacks that are written do about the order of columns. */
  columnOrder: z.enum(COLUMN_ORDERS).default('auto'),
  /** SQL that makes what the first migration expects. */
  prelude: z.string().default(''),
  /** Whether a proof that the proof file holds already is taken from there, when nothing changed that it hangs on. */
  cache: z.boolean().default(true),
  /** Whether what was found is written to the proof file. */
  write: z.boolean().default(false),
  /** File of the private key (PEM, PKCS#8, Ed25519) by which written proofs are signed. */
  sign: z.string().min(1).optional(),
  /** File of the public key (PEM) by which proofs have to be signed to be taken from the proof file. */
  publicKey: z.string().min(1).optional(),
});

/** Options of `verify` as a caller gives them: untrusted. */
export type VerifyOptions = z.input<typeof schema>;

/** The same, checked, with every default filled in. */
export type ResolvedVerifyOptions = Omit<z.output<typeof schema>, 'server'> & {
  readonly server: ServerRequest;
};

/**
 * @throws InputError with all problems at once
 */
export function resolveVerifyOptions(options: VerifyOptions): ResolvedVerifyOptions {
  const result = schema.safeParse(options);
  const server = parsedServer(options.server);
  const problems = [...(result.success ? [] : result.error.issues.map(problemOf)), ...server.problems];
  if (!result.success || server.request === null) throw new InputError(problems);
  return { ...result.data, server: server.request };
}

function problemOf(issue: z.core.$ZodIssue): Problem {
  return {
    code: 'invalid-option',
    message: `${issue.path.join('.') || 'options'}: ${issue.message}`,
    fix: 'see pivotal-flow verify --help for what is accepted',
  };
}

/** What is no text is a problem of the schema. */
function parsedServer(text: unknown): { request: ServerRequest | null; problems: readonly Problem[] } {
  if (text !== undefined && typeof text !== 'string') return { request: null, problems: [] };
  try {
    return { request: parseServerOption(text ?? 'embedded'), problems: [] };
  } catch (error) {
    if (!(error instanceof InputError)) throw error;
    return { request: null, problems: error.problems };
  }
}
