const HIDDEN = '***';

/**
 * Takes passwords out of a connection URL, or of any text that holds one: the part between user and host, the
 * `password` and `sslpassword` parameters, and libpq's `password=…` form (PostgreSQL manual 32.1.1, "Connection Strings").
 * Works on text and not on a parsed URL, because a URL with a bad password is exactly the one that does not parse.
 * @returns the text with every password replaced by `***`
 */
export function redactUrl(text: string): string {
  return text
    .replace(
      /([a-z][a-z0-9+.-]*:\/\/)(\S*)/gi,
      (_, scheme: string, rest: string) => scheme + redactUserinfo(rest),
    )
    .replace(/\b((?:ssl)?password\s*=\s*)('(?:[^'\\]|\\.)*'|[^\s&;'"]+)/gi, `$1${HIDDEN}`);
}

/** @param rest what follows `scheme://` */
function redactUserinfo(rest: string): string {
  const authorityEnd = rest.search(/[/?#]/);
  const authority = authorityEnd === -1 ? rest : rest.slice(0, authorityEnd);
  // Without "@" before the first slash, a slash, "?" or "#" may belong to a password that was not escaped.
  const at = authority.includes('@') ? authority.lastIndexOf('@') : rest.lastIndexOf('@');
  const colon = rest.indexOf(':');
  if (at === -1 || colon === -1 || colon > at) return rest;
  return `${rest.slice(0, colon)}:${HIDDEN}${rest.slice(at)}`;
}
