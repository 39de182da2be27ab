import { z } from 'zod';
import type { Problem } from '../../errors/problem.ts';
import { PROOF_FILE_VERSION, type ProofEntries, proofFileSchema } from './format.ts';

/** A proof file as it was read. */
export type ParsedProofFile =
  | { readonly kind: 'entries'; readonly entries: ProofEntries }
  /** It can be written anew. */
  | { readonly kind: 'broken'; readonly problem: Problem }
  /** A later version of ours wrote it; it must not be overwritten. */
  | { readonly kind: 'newer'; readonly problem: Problem };

/**
 * @param file path to show
 * @param text its content
 */
export function parseProofFile(file: string, text: string): ParsedProofFile {
  const marker = conflictMarker(text);
  if (marker !== null) return broken(file, 'holds the conflict markers of a merge', marker);
  let content: unknown;
  try {
    content = JSON.parse(text.replace(/^\uFEFF/, ''));
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
    return broken(file, `is not JSON: ${error.message.replace(/\s+/g, ' ')}`, lineOf(text, error.message));
  }
  const version = z.looseObject({ proofFileVersion: z.number() }).safeParse(content);
  if (version.success && version.data.proofFileVersion > PROOF_FILE_VERSION)
    return { kind: 'newer', problem: newer(file, version.data.proofFileVersion) };
  const result = proofFileSchema.safeParse(content);
  if (result.success) return { kind: 'entries', entries: new Map(Object.entries(result.data.proofs)) };
  const [issue] = result.error.issues;
  const path = issue?.path.map(String) ?? [];
  const where = path.length === 0 ? '' : `${path.join('.')}: `;
  return broken(file, `is no proof file: ${where}${issue?.message}`, lineOfEntry(text, path[1]));
}

const MARKER = /^(<{7}|={7}|>{7}|\|{7})( |$)/;

function conflictMarker(text: string): number | null {
  const at = text.split(/\r?\n/).findIndex((line) => MARKER.test(line));
  return at === -1 ? null : at + 1;
}

/** V8 says "at position 12", that the text ends too early, or for a short text nothing. */
function lineOf(text: string, message: string): number | null {
  const position = /at position (\d+)/.exec(message)?.[1];
  if (position === undefined && !message.startsWith('Unexpected end')) return null;
  return text.slice(0, position === undefined ? text.length : Number(position)).split('\n').length;
}

function lineOfEntry(text: string, id: string | undefined): number | null {
  if (id === undefined) return null;
  const at = text.split('\n').findIndex((line) => line.trimStart().startsWith(`${JSON.stringify(id)}:`));
  return at === -1 ? null : at + 1;
}

function broken(file: string, what: string, line: number | null): ParsedProofFile {
  const problem: Problem = {
    code: 'broken-proof-file',
    message: `${file} ${what}`,
    fix: 'prove all migrations and write it anew: pivotal-flow verify --write',
    file,
    ...(line === null ? {} : { line }),
  };
  return { kind: 'broken', problem };
}

function newer(file: string, version: number): Problem {
  return {
    code: 'newer-proof-file',
    message: `${file} has version ${version}, and this pivotal-flow reads version ${PROOF_FILE_VERSION}`,
    fix: 'use the version of pivotal-flow that wrote it, or a later one',
    file,
  };
}
