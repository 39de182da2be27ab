import { createHash } from 'node:crypto';
import { PROOF_FILE_VERSION, type ProofEntries, type ProofEntry, proofFileSchema } from './format.ts';

/**
 * The text of a proof file: the same entries in the same order give the same bytes, whatever order their fields came in.
 * @param entries in the order of the migrations
 */
export function proofFileText(entries: ProofEntries): string {
  // Parsing puts the fields into the order of the schema.
  const content = proofFileSchema.parse({
    proofFileVersion: PROOF_FILE_VERSION,
    proofs: Object.fromEntries(entries),
  });
  return `${JSON.stringify(content, null, 2)}\n`;
}

/** A plain value as JSON without white space, the names of each object in the order of their code units. */
export function canonicalJson(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`;
  if (typeof value !== 'object' || value === null) return JSON.stringify(value);
  const fields = Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1));
  return `{${fields.map(([name, inner]) => `${JSON.stringify(name)}:${canonicalJson(inner)}`).join(',')}}`;
}

/** What an entry's digest is over. It notices a slip of the hand or of a merge; who means to deceive can recompute it. */
export function digestOf(id: string, entry: Omit<ProofEntry, 'digest' | 'signature'>): string {
  const { digest: _digest, signature: _signature, ...content } = entry as ProofEntry;
  return sha256(canonicalJson({ id, ...content }));
}

/** SHA-256 of a text, in hexadecimal. */
export function sha256(text: string): string {
  return createHash('sha256').update(text).digest('hex');
}
