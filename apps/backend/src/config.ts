/** What the application needs to know before it starts. */
export interface Config {
  /** `null` where none is given outside of production: the development database is used. */
  readonly databaseUrl: string | null;
  readonly host: string;
  readonly port: number;
  /** Where export jobs write their files. */
  readonly exportFolder: string;
}

/** The configuration, or every reason why there is none. */
export type ConfigReading =
  | { readonly ok: true; readonly config: Config }
  | { readonly ok: false; readonly problems: readonly string[] };

/**
 * Reads the configuration from environment variables: `DATABASE_URL`, `HOST`, `PORT`, `EXPORT_FOLDER`, `NODE_ENV`.
 * @param environment as in `process.env`; an empty value counts as none
 */
export function readConfig(environment: Readonly<Record<string, string | undefined>>): ConfigReading {
  const given = (name: string) => environment[name]?.trim() || null;
  const problems: string[] = [];
  const databaseUrl = given('DATABASE_URL');
  if (databaseUrl === null && given('NODE_ENV') === 'production') {
    problems.push('DATABASE_URL is not set. Production has no development database to fall back on.');
  }
  if (databaseUrl !== null && !/^postgres(ql)?:\/\//.test(databaseUrl)) {
    problems.push('DATABASE_URL does not begin with postgres:// or postgresql://.');
  }
  const port = Number(given('PORT') ?? 3000);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    problems.push(`PORT is "${given('PORT')}", not a number from 0 to 65535.`);
  }
  if (problems.length > 0) return { ok: false, problems };
  const config = {
    databaseUrl,
    host: given('HOST') ?? '127.0.0.1',
    port,
    exportFolder: given('EXPORT_FOLDER') ?? 'exports',
  };
  return { ok: true, config };
}
