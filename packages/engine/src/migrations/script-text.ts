import { isUtf8 } from 'node:buffer';
import type { Problem } from '../errors/problem.ts';

/** Either the text of a SQL file, or everything that makes it unreadable as one. */
export type ScriptText =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'unreadable'; readonly problems: readonly Problem[] };

const BYTE_ORDER_MARK = '\uFEFF';

/**
 * Decodes a SQL file as UTF-8, without its byte order mark; line ends are kept as they are.
 *
 * @param file path to show
 * @param bytes the file's content
 */
export function scriptTextOf(file: string, bytes: Buffer): ScriptText {
  const problem = isUtf8(bytes) ? nulByte(file, bytes) : invalidUtf8(file, bytes);
  if (problem !== null) return { kind: 'unreadable', problems: [problem] };
  const text = bytes.toString('utf8');
  return { kind: 'text', text: text.startsWith(BYTE_ORDER_MARK) ? text.slice(1) : text };
}

function nulByte(file: string, bytes: Buffer): Problem | null {
  const at = bytes.indexOf(0);
  if (at === -1) return null;
  return {
    code: 'nul-byte',
    message: `${file} holds a NUL byte, which PostgreSQL cannot take in SQL`,
    fix: "Remove the byte; if a literal needs it, write bytea as '\\x00'",
    file,
    ...placeOf(bytes, at),
  };
}

function invalidUtf8(file: string, bytes: Buffer): Problem {
  if (isUtf16(bytes)) {
    return {
      code: 'invalid-utf8',
      message: `${file} is UTF-16, and migrations are read as UTF-8`,
      fix: `Save the file as UTF-8, for example: iconv -f UTF-16 -t UTF-8 ${file}`,
      file,
      line: 1,
      column: 1,
    };
  }
  const at = firstInvalidByte(bytes);
  const byte = (bytes[at] ?? 0).toString(16).padStart(2, '0').toUpperCase();
  return {
    code: 'invalid-utf8',
    message: `${file} is not valid UTF-8: byte ${at} (0x${byte}) belongs to no character`,
    fix: `Save the file as UTF-8, for example: iconv -f WINDOWS-1252 -t UTF-8 ${file}`,
    file,
    ...placeOf(bytes, at),
  };
}

function isUtf16(bytes: Buffer): boolean {
  const mark = bytes.subarray(0, 2).toString('hex');
  return mark === 'fffe' || mark === 'feff';
}

/** Decoding puts U+FFFD where bytes are wrong; encoded again, the text differs first at that place. */
function firstInvalidByte(bytes: Buffer): number {
  const again = Buffer.from(bytes.toString('utf8'));
  let at = 0;
  while (at < bytes.length && bytes[at] === again[at]) at++;
  return at;
}

function placeOf(bytes: Buffer, at: number): { line: number; column: number } {
  const before = bytes.toString('utf8', 0, at);
  const lineStart = before.lastIndexOf('\n') + 1;
  const line = before.split('\n').length;
  return { line, column: before.slice(lineStart).replace(/^\uFEFF/, '').length + 1 };
}
