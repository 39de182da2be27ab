import { readFile } from 'node:fs/promises';
import { resolve } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import { systemCode } from './text-file.ts';

/** SQL that makes what the first migration expects: the text, or the file that holds it. */
export type Prelude = string | { readonly file: string };

/**
 * The text of a prelude.
 * @param cwd what the file's path is relative to; absolute
 * @throws InputError `unreadable-prelude`
 */
export async function readPrelude(prelude: Prelude | undefined, cwd: string): Promise<string> {
  if (prelude === undefined) return '';
  if (typeof prelude === 'string') return prelude;
  const { file } = prelude;
  try {
    return await readFile(resolve(cwd, file), 'utf8');
  } catch (error) {
    throw new InputError([
      {
        code: 'unreadable-prelude',
        message: `the prelude ${file} cannot be read (${systemCode(error)})`,
        fix: `check the path, which is relative to ${cwd}`,
        file,
      },
    ]);
  }
}
