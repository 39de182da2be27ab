import { z } from 'zod';
import { LIFE_KINDS } from '../../data/loosening.ts';
import { EQUALITIES } from '../../diff/change.ts';
import { VERDICTS } from '../proof.ts';

/** The file's name; it lies at the top of the migrations folder, where no version of drizzle-kit and no layout looks at it. */
export const PROOF_FILE = 'pivotal-flow.proofs.json';

/** Rises when the file can no longer be read as before. */
export const PROOF_FILE_VERSION = 1;

const sha256 = z.string().regex(/^[0-9a-f]{64}$/, 'must be a SHA-256, 64 hexadecimal digits');
const count = z.int().nonnegative();
const place = z.int().positive();
const maybe = z.string().nullable();

const hashes = z.strictObject({
  /** Of every attribute of every object: for the same server. */
  exact: sha256,
  /** Without what differs between servers that mean the same: for comparing with another server. */
  portable: sha256,
});

/** Checksums of the scripts as files; `null` where there is none. */
const scripts = z.strictObject({
  forward: sha256,
  rollback: sha256.nullable(),
  verify: sha256.nullable(),
  seed: sha256.nullable(),
  stash: sha256.nullable(),
});

/** What else the proof hangs on. */
const basis = z.strictObject({
  /** Rises when a proof means something else than before. */
  method: place,
  /** Layout, prelude, and all that was applied before, in order. */
  prefix: sha256,
  /** The worst equality that counts as proven. */
  equality: z.enum(EQUALITIES),
  /** What rows were chosen by. */
  seed: count,
  /** Of PostgreSQL. */
  serverMajor: place,
});

const condition = z.strictObject({
  table: maybe,
  column: maybe,
  kind: z.enum(LIFE_KINDS),
  why: z.string(),
  /** Counts such rows in a database with the migration applied. */
  countSql: maybe,
  /** What the server says at which place of the rollback; `statement` is `null` where it is the COMMIT. */
  error: z.strictObject({
    message: z.string(),
    sqlstate: maybe,
    line: place,
    column: place,
    statement: place.nullable(),
  }),
});

const loss = z.strictObject({
  table: z.string(),
  column: maybe,
  what: z.enum(['rows-gone', 'rows-more', 'values-changed', 'sequence-set-back']),
  by: z.enum(['forward', 'rollback']),
  life: z.enum(LIFE_KINDS).nullable(),
  /** What the rollback file says of it; `null`: nobody accepts it. */
  accepted: maybe,
});

const seeded = z.strictObject({
  tables: count,
  rows: count,
  /** How many of them files of the team's brought. */
  own: count,
  unseeded: z.array(z.strictObject({ table: z.string(), reason: z.string(), hasToBeEmpty: z.boolean() })),
});

/** Migrations with the number of this one, which is the last of them. */
const order = z.strictObject({ matters: z.boolean().nullable(), reason: maybe });

const signature = z.strictObject({
  /** Which key: the beginning of the SHA-256 of the public key. */
  key: z.string().regex(/^[0-9a-f]{16}$/, 'must be 16 hexadecimal digits'),
  /** Ed25519, base64. */
  value: z.base64(),
});

const entry = z.strictObject({
  key: sha256,
  verdict: z.enum(VERDICTS),
  equality: z.enum(EQUALITIES).nullable(),
  reason: maybe,
  scripts,
  basis,
  schema: z.strictObject({ before: hashes, after: hashes.nullable() }),
  /** How the scripts are cut into transactions: `transaction 1-3, alone 4`. */
  segments: z.strictObject({ forward: z.string(), rollback: maybe }),
  conditions: z.array(condition),
  losses: z.array(loss),
  seeded: seeded.nullable(),
  notChecked: z.array(z.string()),
  order: order.nullable(),
  toolVersion: z.string(),
  /** SHA-256 over the migration's id and all of the entry but this and the signature. */
  digest: sha256,
  signature: signature.nullable(),
});

/** The proof file: what `verify --write` found out about each migration of a folder, by id, in their order. */
export const proofFileSchema = z.strictObject({
  proofFileVersion: z.literal(PROOF_FILE_VERSION),
  proofs: z.record(z.string().min(1), entry),
});

/** The proof of one migration, as it is recorded. */
export type ProofEntry = z.infer<typeof entry>;

/** An entry before it is sealed. */
export type OpenEntry = Omit<ProofEntry, 'digest' | 'signature'>;

/** A catalog's two hashes. */
export type SchemaHashes = z.infer<typeof hashes>;

/** What a proof hangs on: when none of it differs, neither does the proof. */
export type ProofInputs = Pick<ProofEntry, 'scripts' | 'basis'>;

/** Entries by id. */
export type ProofEntries = ReadonlyMap<string, ProofEntry>;
