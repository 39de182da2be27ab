import { z } from 'zod';
import { InputError } from '../errors/input-error.ts';
import type { Problem } from '../errors/problem.ts';
import { existingFiles } from './existing-files.ts';
import { loadFile } from './load-file.ts';
import type { ConfigRequest } from './read-config.ts';

/** Where Drizzle Kit looks, in its order; it looks in no folder above. */
export const DRIZZLE_CONFIG_FILES: readonly string[] = [
  'drizzle.config.ts',
  'drizzle.config.js',
  'drizzle.config.json',
];

/** The little that is needed of Drizzle Kit's configuration: credentials are never asked for. */
const schema = z.looseObject({ dialect: z.string().optional(), out: z.string().min(1).optional() });

/** What `drizzle.config.*` says about migrations. */
export interface DrizzleConfig {
  /** Path as the user would type it. */
  readonly file: string;
  /** The migrations folder; relative to where the command was started, as Drizzle Kit takes it, unless absolute. */
  readonly out: string;
  /** All that it says, but for the credentials. */
  readonly settings: Readonly<Record<string, unknown>>;
}

/**
 * Reads Drizzle Kit's configuration as Drizzle Kit does: from the folder that the command was started in.
 *
 * @returns `null` when there is no such file
 * @throws InputError when it cannot be loaded, or is for another database than PostgreSQL
 */
export async function readDrizzleConfig({ cwd, env }: ConfigRequest): Promise<DrizzleConfig | null> {
  const [file] = await existingFiles(cwd, DRIZZLE_CONFIG_FILES);
  if (file === undefined) return null;
  const result = schema.safeParse(await loadFile({ file, cwd, env }));
  if (!result.success) throw new InputError([unreadable(file, result.error)]);
  const { dbCredentials: _, ...settings } = result.data;
  const { dialect, out } = settings;
  if (dialect !== undefined && dialect !== 'postgresql') throw new InputError([otherDialect(file, dialect)]);
  return { file, out: out ?? 'drizzle', settings };
}

function unreadable(file: string, error: z.ZodError): Problem {
  const what = error.issues
    .map((issue) => `${issue.path.map(String).join('.') || 'the export'}: ${issue.message}`)
    .join('; ');
  return {
    code: 'broken-config',
    message: `${file} is not a configuration of Drizzle Kit that can be read: ${what}`,
    fix: 'mend it, or name the folder yourself: --migrations DIR',
    file,
  };
}

function otherDialect(file: string, dialect: string): Problem {
  return {
    code: 'unsupported-dialect',
    message: `${file} is for ${dialect}; only PostgreSQL is supported`,
    fix: 'name the folder of the PostgreSQL migrations: --migrations DIR',
    file,
  };
}
