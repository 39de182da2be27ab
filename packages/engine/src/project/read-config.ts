import type { z } from 'zod';
import { InputError } from '../errors/input-error.ts';
import type { Problem } from '../errors/problem.ts';
import { existingFiles } from './existing-files.ts';
import { loadFile } from './load-file.ts';
import { nearest } from './nearest.ts';

/** Names that our configuration file may have. */
export const CONFIG_FILES: readonly string[] = ['ts', 'mts', 'js', 'mjs', 'json'].map(
  (extension) => `pivotal-flow.config.${extension}`,
);

/** Where the project is, and the environment that its configuration may read. */
export interface ConfigRequest {
  /** The folder that is looked in; absolute. Folders above it are not. */
  readonly cwd: string;
  readonly env: Readonly<Record<string, string | undefined>>;
}

/** Our configuration file and what it says. */
export interface ConfigRead<Config> {
  /** Path as the user would type it. */
  readonly file: string;
  readonly config: Config;
}

/**
 * Reads `pivotal-flow.config.*`.
 *
 * @param schema what the file may say; strict, so that an unknown key is refused
 * @returns `null` when there is no such file
 * @throws InputError with every problem of the file
 */
export async function readConfig<Schema extends z.ZodObject>(
  { cwd, env }: ConfigRequest,
  schema: Schema,
): Promise<ConfigRead<z.output<Schema>> | null> {
  const [file, second] = await existingFiles(cwd, CONFIG_FILES);
  if (file === undefined) return null;
  if (second !== undefined) throw new InputError([twoFiles(file, second)]);
  const result = schema.safeParse(await loadFile({ file, cwd, env }));
  if (result.success) return { file, config: result.data };
  throw new InputError(
    result.error.issues.flatMap((issue) => problemsOf(issue, file, Object.keys(schema.shape))),
  );
}

function problemsOf(issue: z.core.$ZodIssue, file: string, known: readonly string[]): Problem[] {
  if (issue.code !== 'unrecognized_keys' || issue.path.length > 0) return [wrongValue(issue, file)];
  return issue.keys.map((key) => unknownKey(key, file, known));
}

function unknownKey(key: string, file: string, known: readonly string[]): Problem {
  const meant = nearest(key, known);
  return {
    code: 'unknown-setting',
    message: `${file} has a setting "${key}", which does not exist`,
    fix: meant === null ? `the settings are ${known.join(', ')}` : `did you mean "${meant}"?`,
    file,
  };
}

function wrongValue(issue: z.core.$ZodIssue, file: string): Problem {
  const where = issue.path.map(String).join('.');
  return {
    code: 'invalid-setting',
    message:
      where === ''
        ? `${file} does not export settings: ${issue.message}`
        : `${file}: ${where}: ${issue.message}`,
    fix: where === '' ? 'export default { … } satisfies PivotalFlowConfig' : `correct "${where}" in ${file}`,
    file,
  };
}

function twoFiles(file: string, second: string): Problem {
  return {
    code: 'two-configs',
    message: `there are ${file} and ${second}, and only one can count`,
    fix: `remove one of them`,
    file: second,
  };
}
