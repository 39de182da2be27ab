import { mkdir, readdir, readFile, rm, writeFile } from 'node:fs/promises';
import { dirname, isAbsolute, join, normalize, relative, resolve, sep } from 'node:path';
import { systemCode } from './text-file.ts';

/** Content by path inside a folder, with `/`. */
type Content = ReadonlyMap<string, Buffer>;

/** What a working copy is made of. */
export interface CopyRequest {
  /** An empty folder of our own; absolute. */
  readonly home: string;
  /** Where the command was started; absolute. */
  readonly cwd: string;
  /** The folder, as the user would type it; it need not be there. */
  readonly folder: string;
}

/** A copy of the migrations folder, on which programs may work while the folder stays as it is. */
export class WorkingCopy {
  /** Where the folder's shown path leads to the copy. */
  readonly cwd: string;
  /** The folder, relative to where the command was started. */
  readonly shown: string;
  /** The copy; absolute. */
  readonly folder: string;
  /** The folder itself; absolute. */
  readonly original: string;
  readonly #before: Content;

  private constructor({ home, cwd, folder }: CopyRequest, before: Content) {
    this.original = resolve(cwd, folder);
    this.shown = isAbsolute(folder) ? relative(cwd, folder) || '.' : normalize(folder);
    const ups = this.shown.split(sep).filter((part) => part === '..').length;
    this.cwd = join(home, 'copy', ...Array.from({ length: ups }, () => 'below'));
    this.folder = resolve(this.cwd, this.shown);
    this.#before = before;
  }

  /** @throws the file system's error when the folder cannot be read, or the copy not be written */
  static async make(request: CopyRequest): Promise<WorkingCopy> {
    const copy = new WorkingCopy(request, await contentOf(resolve(request.cwd, request.folder)));
    await copy.reset();
    return copy;
  }

  /** Makes it once more what the folder was. */
  async reset(): Promise<void> {
    await rm(this.folder, { recursive: true, force: true });
    await mkdir(this.folder, { recursive: true });
    for (const [path, bytes] of this.#before) await this.write(path, bytes);
  }

  /** @param path inside the folder */
  async write(path: string, content: Buffer | string): Promise<void> {
    await mkdir(dirname(join(this.folder, path)), { recursive: true });
    await writeFile(join(this.folder, path), content);
  }

  /** Files that are new in the copy, or other than they were, with what they hold. */
  async written(): Promise<Content> {
    const after = await contentOf(this.folder);
    return new Map([...after].filter(([path, bytes]) => this.#before.get(path)?.equals(bytes) !== true));
  }

  /** Whether the folder held this file when it was copied. */
  had(path: string): boolean {
    return this.#before.has(path);
  }

  /** Whether the folder is another by now than the one that was copied. */
  async isOutdated(): Promise<boolean> {
    const now = await contentOf(this.original);
    const isSame = ([path, bytes]: [string, Buffer]): boolean =>
      this.#before.get(path)?.equals(bytes) === true;
    return now.size !== this.#before.size || ![...now].every(isSame);
  }
}

/** Says in a migrations folder that a migration is being made in it. */
export const LOCK_NAME = '.pivotal-flow-generate';

/** Folders that no layout looks into. */
const PASSED_OVER = /^(?:\.|node_modules$)/;

/** Files of a folder and of those right inside it; nothing where there is no folder. */
async function contentOf(folder: string): Promise<Content> {
  const content = new Map<string, Buffer>();
  for (const entry of await entriesOf(folder)) {
    if (entry.name.startsWith(LOCK_NAME)) continue;
    if (!entry.isDirectory()) content.set(entry.name, await readFile(join(folder, entry.name)));
    else if (!PASSED_OVER.test(entry.name)) {
      for (const inner of await entriesOf(join(folder, entry.name))) {
        const path = `${entry.name}/${inner.name}`;
        if (!inner.isDirectory()) content.set(path, await readFile(join(folder, path)));
      }
    }
  }
  return content;
}

async function entriesOf(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (error) {
    if (systemCode(error) === 'ENOENT') return [];
    throw error;
  }
}
