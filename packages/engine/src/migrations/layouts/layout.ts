import { join } from 'node:path';
import type { Problem } from '../../errors/problem.ts';
import type { Companion, LayoutName } from '../model.ts';

/** The names in a folder and in the folders right inside it. */
export interface FolderListing {
  /** The folder, as the user would type it. */
  readonly folder: string;
  /** Names of the files in the folder, sorted. */
  readonly files: readonly string[];
  /** Names of the folders in it, sorted, each with the names of its files. */
  readonly folders: ReadonlyMap<string, readonly string[]>;
}

/**
 * Why a folder looks like a layout. `certain`: something that only this tool writes, such as a journal;
 * it outweighs any number of `likely` ones, which are file names that fit.
 */
export interface Evidence {
  readonly strength: 'certain' | 'likely';
  /** What was seen, for example `meta/_journal.json`. */
  readonly seen: string;
}

/**
 * The part of a file that is a script. A layout that keeps both directions in one file (dbmate, goose)
 * names that file twice, each time with a function that finds the section, or `null` where there is none;
 * statements keep their places in the file.
 */
export type Section = 'whole' | ((text: string) => { readonly from: number; readonly to: number } | null);

/** Where a script is, or would be: a path inside the folder, with `/`. */
export interface ScriptLocation {
  readonly file: string;
  readonly section: Section;
}

/** Where a script is that need not be there. */
export type OptionalScript = ScriptLocation & { readonly exists: boolean };

/** Where the scripts are that may lie beside a migration, or would be. */
export type Companions = Readonly<Record<Companion, OptionalScript>>;

/** One migration as a layout finds it, not yet read. */
export interface LocatedMigration {
  readonly id: string;
  /** What orders the migration, or `null`. */
  readonly sequence: string | null;
  readonly forward: ScriptLocation;
  /** Where the rollback is, or would be looked for. */
  readonly rollback: OptionalScript;
  readonly companions: Companions;
  /** Whether drizzle-kit's breakpoints end a statement. */
  readonly breakpoints: boolean;
}

/** All migrations of a folder in the order in which they are applied, and what is wrong with the folder. */
export interface Located {
  readonly entries: readonly LocatedMigration[];
  readonly problems: readonly Problem[];
  /** Files of migrations that are no SQL; paths inside the folder. */
  readonly unread: readonly string[];
}

/** One way in which migrations lie on disk. Pure: it sees names and, where it has one, its manifest. */
export interface Layout {
  readonly name: LayoutName;
  /** One sentence without a full stop: which files it consists of. */
  readonly describe: string;
  /** The file, a path inside the folder, that says which migrations there are; `null` where names say it. */
  readonly manifest: string | null;
  /** Looks at names only. */
  readonly detect: (listing: FolderListing) => Evidence | null;
  /** @param manifest the text of the manifest; empty for a layout without one */
  readonly locate: (listing: FolderListing, manifest: string) => Located;
}

/** A path inside the folder, as the user would type it. */
export function shownPath(listing: FolderListing, file: string): string {
  return join(listing.folder, file);
}

/** A whole file as a script's place. */
export function wholeFile(file: string): ScriptLocation {
  return { file, section: 'whole' };
}
