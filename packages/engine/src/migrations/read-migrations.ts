import { InputError } from '../errors/input-error.ts';
import type { Problem } from '../errors/problem.ts';
import { loadParser } from '../sql/parser.ts';
import { assertionProblems } from './assertions.ts';
import { declarationsOf } from './declarations.ts';
import { withoutIgnored } from './ignored-files.ts';
import { detectLayout } from './layouts/detect-layout.ts';
import {
  type FolderListing,
  type LocatedMigration,
  type OptionalScript,
  type ScriptLocation,
  shownPath,
} from './layouts/layout.ts';
import { byName } from './layouts/order.ts';
import type { LayoutName, Migration, MigrationSet, Script, Stash } from './model.ts';
import { type FilesRead, listFolder, readFiles } from './read-folder.ts';
import { scriptOf } from './script.ts';
import { seedScriptOf } from './seed-script.ts';
import { stashOf, stashProblems } from './stash-file.ts';

/** Which migrations to read. */
export interface ReadMigrationsRequest {
  /** The folder, absolute or relative to `cwd`; paths in the result and in messages begin with it. */
  readonly folder: string;
  /** Detected when left out. */
  readonly layout?: LayoutName | undefined;
  /** Files of the folder to pass over, as paths inside it; `*` stands for any part of a name. */
  readonly ignore?: readonly string[];
  /** Where the command was started; an absolute path. */
  readonly cwd: string;
}

/**
 * Reads all migrations of a folder, in the order in which they are applied.
 *
 * @throws InputError with every problem of the folder and its files, by file and line
 */
export async function readMigrations(request: ReadMigrationsRequest): Promise<MigrationSet> {
  const [all] = await Promise.all([listFolder(request.folder, request.cwd), loadParser()]);
  const listing = withoutIgnored(all, request.ignore ?? []);
  const layout = detectLayout(listing, request.layout);
  const manifest = await readManifest(listing, layout.manifest, request.cwd);
  const located = layout.locate(listing, manifest);
  const files = await readFiles(filesOf(listing, located.entries), request.cwd);
  const problems = [...located.problems, ...files.problems];
  const migrations = located.entries.flatMap((entry) => migrationOf(listing, entry, files, problems) ?? []);
  if (problems.length > 0) throw new InputError(problems.sort(byPlace));
  const unread = located.unread.map((file) => shownPath(listing, file));
  return { layout: layout.name, folder: request.folder, migrations, unread };
}

async function readManifest(listing: FolderListing, manifest: string | null, cwd: string): Promise<string> {
  if (manifest === null) return '';
  const file = shownPath(listing, manifest);
  const { bytes, problems } = await readFiles([file], cwd);
  const content = bytes.get(file);
  if (content === undefined) throw new InputError(problems);
  return content.toString('utf8');
}

function filesOf(listing: FolderListing, entries: readonly LocatedMigration[]): string[] {
  const files = entries.flatMap(({ forward, rollback, companions }) => [
    forward.file,
    ...[rollback, ...Object.values(companions)].filter(({ exists }) => exists).map(({ file }) => file),
  ]);
  return [...new Set(files)].map((file) => shownPath(listing, file));
}

/** `null`, with the reason added to `problems`, when the forward script cannot be read. */
function migrationOf(
  listing: FolderListing,
  entry: LocatedMigration,
  files: FilesRead,
  problems: Problem[],
): Migration | null {
  const read = (location: ScriptLocation): Script | null => {
    const file = shownPath(listing, location.file);
    const bytes = files.bytes.get(file);
    if (bytes === undefined) return null;
    const { section } = location;
    const outcome = scriptOf({ file, bytes, section, breakpoints: entry.breakpoints });
    if (outcome.kind !== 'absent') problems.push(...outcome.problems);
    return outcome.kind === 'script' ? outcome.script : null;
  };
  const forward = read(entry.forward);
  const optional = (location: OptionalScript) => (location.exists ? read(location) : null);
  const rollback = optional(entry.rollback);
  const { verify } = entry.companions;
  const companions = { verify: optional(verify), seed: readSeed(listing, entry, files, problems) };
  const stash = readStash(listing, entry, files, problems);
  if (companions.verify !== null) problems.push(...assertionProblems(companions.verify));
  const declared = declarationsOf(rollback?.text ?? '');
  if (rollback !== null) problems.push(...emptyDeclarations(rollback.file, declared));
  if (forward === null) return null;
  if (stash !== null) problems.push(...stashProblems(stash, forward));
  if (forward.text.trim() === '') problems.push(emptyMigration(forward.file));
  const rollbackFile = shownPath(listing, entry.rollback.file);
  return {
    id: entry.id,
    sequence: entry.sequence,
    forward: { ...forward, stash },
    rollback,
    rollbackFile,
    stashFile: shownPath(listing, entry.companions.stash.file),
    ...companions,
    ...declared,
  };
}

function readSeed(
  listing: FolderListing,
  { companions }: LocatedMigration,
  files: FilesRead,
  problems: Problem[],
): Script | null {
  const file = shownPath(listing, companions.seed.file);
  const bytes = companions.seed.exists ? files.bytes.get(file) : undefined;
  if (bytes === undefined) return null;
  const outcome = seedScriptOf(file, bytes);
  problems.push(...outcome.problems);
  return outcome.kind === 'script' ? outcome.script : null;
}

function readStash(
  listing: FolderListing,
  { companions }: LocatedMigration,
  files: FilesRead,
  problems: Problem[],
): Stash | null {
  const file = shownPath(listing, companions.stash.file);
  const bytes = companions.stash.exists ? files.bytes.get(file) : undefined;
  if (bytes === undefined) return null;
  const outcome = stashOf(file, bytes);
  problems.push(...outcome.problems);
  return outcome.stash;
}

function emptyDeclarations(file: string, declared: ReturnType<typeof declarationsOf>): Problem[] {
  const all = declared.irreversible === null ? [] : [declared.irreversible];
  return [...all, ...declared.acceptedResiduals, ...declared.acceptedLosses]
    .filter((declaration) => declaration.text === '')
    .map(({ line }) => ({
      code: 'declaration-without-reason',
      message: `${file} declares an exception without saying anything after the colon`,
      fix: 'Write the reason after the colon; it is shown in every report',
      file,
      line,
    }));
}

function emptyMigration(file: string): Problem {
  return {
    code: 'empty-migration',
    message: `${file} is empty, so that nothing would be applied`,
    fix: 'Write the migration, or say in a comment why there is nothing to do',
    file,
  };
}

function byPlace(a: Problem, b: Problem): number {
  return (
    byName(a.file ?? '', b.file ?? '') || (a.line ?? 0) - (b.line ?? 0) || (a.column ?? 0) - (b.column ?? 0)
  );
}
