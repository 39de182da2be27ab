import { exactHash, portableHash } from '../../catalog/hash.ts';
import type { Snapshot } from '../../catalog/model.ts';
import type { Migration, MigrationSet } from '../../migrations/model.ts';
import type { ToldLoss } from '../accepted-losses.ts';
import type { Condition, Proof } from '../proof.ts';
import type { RoundTrip } from '../round-trip.ts';
import { type SequenceProof, sharedSequences } from '../sequences.ts';
import { digestOf } from './canonical.ts';
import type { OpenEntry, ProofEntries, ProofEntry, ProofInputs, SchemaHashes } from './format.ts';
import { keyOf } from './inputs.ts';
import { toldSegments } from './told-segments.ts';

/** What a run found out about one migration. */
export interface Found {
  readonly migration: Migration;
  readonly proof: Proof;
  readonly schema: OpenEntry['schema'];
  readonly inputs: ProofInputs;
  /** Of the migrations that share its number, where it is the last of them. */
  readonly order: SequenceProof | null;
}

/** Where a run was made, which is not to be seen in the file. */
export interface Place {
  /** The migrations folder as it is in paths, with its `/`; empty where paths do not name it. */
  readonly folder: string;
  readonly toolVersion: string;
}

/** The hashes of the schema before and after a migration. */
export function schemaOf({ before, after }: RoundTrip): OpenEntry['schema'] {
  return { before: hashesOf(before), after: after === null ? null : hashesOf(after) };
}

function hashesOf(snapshot: Snapshot): SchemaHashes {
  return { exact: exactHash(snapshot), portable: portableHash(snapshot) };
}

/**
 * The entry of a proof file that records a proof: neither times nor values of rows nor paths outside of the folder, so that
 * the same proof gives the same entry everywhere.
 */
export function entryOf(found: Found, { folder, toolVersion }: Place): ProofEntry {
  const { migration, proof, schema, inputs, order } = found;
  const inside = (text: string) => (folder === '' ? text : text.replaceAll(folder, ''));
  const { forward, rollback } = migration;
  return sealed(proof.id, {
    key: keyOf(inputs),
    verdict: proof.verdict,
    equality: proof.equality,
    reason: proof.reason === null ? null : inside(proof.reason),
    ...inputs,
    schema,
    segments: {
      forward: toldSegments(forward),
      rollback: rollback === null ? null : toldSegments(rollback),
    },
    conditions: proof.conditions.map((condition) => conditionEntry(condition, migration)),
    losses: proof.losses.map(({ table, column, what, by, life, accepted }) => ({
      ...{ table, column, what, by, life, accepted },
    })),
    seeded: proof.seeded === null ? null : { ...proof.seeded, unseeded: [...proof.seeded.unseeded] },
    notChecked: [...proof.notChecked],
    order:
      order === null
        ? null
        : { matters: order.orderMatters, reason: order.reason === null ? null : inside(order.reason) },
    toolVersion,
  });
}

/** An entry with its digest, not signed. */
export function sealed(id: string, entry: OpenEntry): ProofEntry {
  return { ...entry, digest: digestOf(id, entry), signature: null };
}

/** Values of rows may stand in a detail, and be others each time. */
function conditionEntry(
  { table, column, kind, why, countSql, error }: Condition,
  { rollback }: Migration,
): ProofEntry['conditions'][number] {
  const { message, sqlstate, line } = error;
  const statements = rollback?.statements ?? [];
  const at = statements.findIndex(({ text }, index) => {
    const next = statements[index + 1];
    return text === error.statement && (next === undefined || line <= next.line);
  });
  const statement = at === -1 ? null : at + 1;
  return {
    table,
    column,
    kind,
    why,
    countSql,
    error: { message, sqlstate, line, column: error.column, statement },
  };
}

/** The proof that an entry records, as far as it does: no steps, no times, no values. */
export function proofOfEntry(migration: Migration, entry: ProofEntry): Proof {
  return {
    id: migration.id,
    files: { forward: migration.forward.file, rollback: migration.rollbackFile },
    verdict: entry.verdict,
    equality: entry.equality,
    reason: entry.reason,
    steps: [],
    leftovers: [],
    losses: entry.losses.map(
      (loss): ToldLoss => ({
        ...loss,
        // What a descent shows is not recorded.
        step: 'rollback',
        rows: null,
        example: null,
      }),
    ),
    notTakenBack: [],
    discards: [],
    conversions: [],
    conditions: entry.conditions.map((condition) => conditionOf(condition, migration)),
    seeded: entry.seeded,
    notices: [],
    notChecked: entry.notChecked,
  };
}

function conditionOf(
  { error, ...condition }: ProofEntry['conditions'][number],
  { rollback, rollbackFile }: Migration,
): Condition {
  const { statement, ...told } = error;
  const text = statement === null ? undefined : rollback?.statements[statement - 1]?.text;
  return {
    ...condition,
    error: { ...told, detail: null, hint: null, file: rollbackFile, statement: text ?? 'COMMIT' },
  };
}

/** The proofs that entries record, for the migrations that they are about. */
export function entryProofs({ migrations }: MigrationSet, entries: ProofEntries): Proof[] {
  return migrations.flatMap((migration) => {
    const entry = entries.get(migration.id);
    return entry === undefined ? [] : [proofOfEntry(migration, entry)];
  });
}

/**
 * What is known of the order of migrations that share a number, in the order of the folder.
 * @param found what a run found out; entries say the rest
 */
export function knownOrders(
  set: MigrationSet,
  entries: ProofEntries,
  found: readonly SequenceProof[],
): SequenceProof[] {
  return sharedSequences(set).flatMap((group) => {
    const sequence = group[0]?.sequence ?? '';
    const fresh = found.find((proof) => proof.sequence === sequence);
    const order = entries.get(group.at(-1)?.id ?? '')?.order ?? null;
    if (fresh !== undefined || order === null) return fresh ?? [];
    return [{ sequence, ids: group.map(({ id }) => id), orderMatters: order.matters, reason: order.reason }];
  });
}
