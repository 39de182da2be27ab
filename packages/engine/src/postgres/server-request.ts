import { InputError } from '../errors/input-error.ts';
import { redactUrl } from './redact-url.ts';

/** Where ephemeral databases shall live. */
export type ServerRequest =
  /** A server that we start ourselves; `major` is 14 to 18, or `null` for the one that is installed with us. */
  | { readonly kind: 'embedded'; readonly major: number | null }
  | { readonly kind: 'url'; readonly url: string };

/** The majors that the embedded server comes in. */
export const EMBEDDED_MAJORS: readonly number[] = [14, 15, 16, 17, 18];

/**
 * Reads the value of `--server`.
 * @param text `embedded`, `embedded:<major>`, or a `postgres://` or `postgresql://` URL
 * @throws InputError that says all that is accepted; it never repeats a password
 */
export function parseServerOption(text: string): ServerRequest {
  const value = text.trim();
  if (value === 'embedded') return { kind: 'embedded', major: null };
  const major = /^embedded:(.*)$/s.exec(value)?.[1];
  if (major !== undefined) return { kind: 'embedded', major: parseMajor(major) };
  if (!/^postgres(ql)?:\/\//i.test(value)) {
    throw refusal(`"${redactUrl(value)}" is not a server that can be used`);
  }
  return { kind: 'url', url: checkedUrl(value) };
}

function parseMajor(text: string): number {
  const major = EMBEDDED_MAJORS.find((known) => String(known) === text);
  if (major === undefined) {
    throw refusal(`there is no embedded PostgreSQL "${text}"; there are ${EMBEDDED_MAJORS.join(', ')}`);
  }
  return major;
}

function checkedUrl(url: string): string {
  // A socket URL has no host between "@" and "/", which the URL standard refuses and PostgreSQL allows.
  if (!URL.canParse(url.replace('@/', '@localhost/'))) {
    throw refusal(
      `"${redactUrl(url)}" is not a valid URL; characters such as @ : / # in a password need %-escapes`,
    );
  }
  return url;
}

function refusal(message: string): InputError {
  return new InputError([
    {
      code: 'unknown-server',
      message,
      fix: 'use --server embedded, --server embedded:<major> (14 to 18), or --server postgres://user:password@host:5432/database (a socket: postgres:///database?host=/path)',
    },
  ]);
}
