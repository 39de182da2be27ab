import { readdir, readFile, stat } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { InputError } from '../errors/input-error.ts';
import type { Problem } from '../errors/problem.ts';
import { systemCode } from '../project/text-file.ts';
import type { FolderListing } from './layouts/layout.ts';
import { byName } from './layouts/order.ts';

/** Files open at the same time: enough to keep the disk busy, far from any limit of the system. */
const AT_ONCE = 64;

/**
 * Lists a folder and the folders right inside it. Symbolic links count as what they lead to.
 *
 * @param folder as the user typed it; relative to `cwd`
 * @throws InputError `folder-not-found`, `not-a-folder` or `unreadable-folder`
 */
export async function listFolder(folder: string, cwd: string): Promise<FolderListing> {
  const top = await namesIn(folder, cwd);
  const inner = await inBatches(top.folders, (name) => namesIn(join(folder, name), cwd));
  const folders = new Map(top.folders.map((name, index) => [name, inner[index]?.files ?? []]));
  return { folder, files: top.files, folders };
}

/** Content by file, or why a file could not be read. */
export interface FilesRead {
  readonly bytes: ReadonlyMap<string, Buffer>;
  readonly problems: readonly Problem[];
}

/** @param files as the user would type them; relative to `cwd` */
export async function readFiles(files: readonly string[], cwd: string): Promise<FilesRead> {
  const bytes = new Map<string, Buffer>();
  const problems: Problem[] = [];
  await inBatches(files, async (file) => {
    try {
      bytes.set(file, await readFile(resolve(cwd, file)));
    } catch (error) {
      problems.push(unreadableFile(file, systemCode(error)));
    }
  });
  return { bytes, problems };
}

async function namesIn(folder: string, cwd: string): Promise<{ files: string[]; folders: string[] }> {
  const path = resolve(cwd, folder);
  const entries = await readdir(path, { withFileTypes: true }).catch((error: unknown) => {
    throw new InputError([unreadableFolder(folder, systemCode(error))]);
  });
  const files: string[] = [];
  const folders: string[] = [];
  for (const entry of entries) {
    const leadsTo = entry.isSymbolicLink() ? await stat(join(path, entry.name)).catch(() => null) : entry;
    (leadsTo?.isDirectory() ? folders : files).push(entry.name);
  }
  return { files: files.sort(byName), folders: folders.sort(byName) };
}

async function inBatches<Item, Result>(
  items: readonly Item[],
  work: (item: Item) => Promise<Result>,
): Promise<Result[]> {
  const results: Result[] = [];
  for (let at = 0; at < items.length; at += AT_ONCE) {
    results.push(...(await Promise.all(items.slice(at, at + AT_ONCE).map(work))));
  }
  return results;
}

function unreadableFolder(folder: string, code: string): Problem {
  if (code === 'ENOENT') {
    return {
      code: 'folder-not-found',
      message: `There is no folder ${folder}`,
      fix: 'Name the folder of the migrations with --migrations DIR',
      file: folder,
    };
  }
  if (code === 'ENOTDIR') {
    return {
      code: 'not-a-folder',
      message: `${folder} is a file, and migrations are read from a folder`,
      fix: 'Name the folder of the migrations with --migrations DIR',
      file: folder,
    };
  }
  return {
    code: 'unreadable-folder',
    message: `The folder ${folder} cannot be read (${code})`,
    fix: `Check its permissions: ls -ld ${folder}`,
    file: folder,
  };
}

function unreadableFile(file: string, code: string): Problem {
  return {
    code: 'unreadable-file',
    message: `${file} cannot be read (${code})`,
    fix: `Check that it exists and its permissions: ls -lL ${file}`,
    file,
  };
}
