import { InputError } from '../errors/input-error.ts';
import type { FolderListing } from './layouts/layout.ts';

/**
 * A listing without the files that the user told us to pass over.
 * @param patterns paths inside the folder with `/`; `*` stands for any characters but `/`
 * @throws InputError naming every pattern that fits no file, because a misspelt one would hide nothing
 */
export function withoutIgnored(listing: FolderListing, patterns: readonly string[]): FolderListing {
  if (patterns.length === 0) return listing;
  const matchers = patterns.map((pattern) => ({ pattern, regex: regexOf(pattern), used: false }));
  const isIgnored = (path: string): boolean => {
    const fitting = matchers.filter(({ regex }) => regex.test(path));
    for (const matcher of fitting) matcher.used = true;
    return fitting.length > 0;
  };
  const files = listing.files.filter((file) => !isIgnored(file));
  const folders = [...listing.folders].map(
    ([name, inner]) => [name, inner.filter((file) => !isIgnored(`${name}/${file}`))] as const,
  );
  refuseUnused(listing.folder, matchers);
  return {
    ...listing,
    files,
    folders: new Map(folders.filter(([name, inner]) => inner.length > 0 || !isIgnored(name))),
  };
}

function regexOf(pattern: string): RegExp {
  const parts = pattern.split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&'));
  return new RegExp(`^${parts.join('[^/]*')}$`);
}

function refuseUnused(folder: string, matchers: readonly { pattern: string; used: boolean }[]): void {
  const unused = matchers.filter(({ used }) => !used);
  if (unused.length === 0) return;
  throw new InputError(
    unused.map(({ pattern }) => ({
      code: 'ignored-nothing',
      message: `There is no file "${pattern}" in ${folder} to be passed over`,
      fix: 'Write the path as it is inside the migrations folder; * stands for any part of a name',
    })),
  );
}
