import { InputError } from '../../errors/input-error.ts';
import { LAYOUTS, type LayoutName } from '../model.ts';
import type { Evidence, FolderListing, Layout } from './layout.ts';
import { type OtherTool, otherToolIn } from './other-tools.ts';
import { LAYOUT_REGISTRY } from './registry.ts';

/**
 * Finds the layout of a folder. Evidence that only one tool leaves (`certain`) outweighs file names that
 * fit (`likely`); among equals exactly one layout has to match.
 *
 * @param listing names in the folder
 * @param wanted a layout named by the user, which is taken if the folder has it at all
 * @throws InputError `no-migrations` when nothing matches, `ambiguous-layout` when several do
 */
export function detectLayout(listing: FolderListing, wanted: LayoutName | undefined): Layout {
  if (wanted !== undefined) {
    const layout = LAYOUT_REGISTRY[wanted];
    if (layout.detect(listing) === null) throw notThisLayout(listing, layout);
    return layout;
  }
  const matches = LAYOUTS.flatMap((name) => {
    const evidence = LAYOUT_REGISTRY[name].detect(listing);
    return evidence === null ? [] : [{ layout: LAYOUT_REGISTRY[name], evidence }];
  });
  const certain = matches.filter((match) => match.evidence.strength === 'certain');
  const candidates = certain.length > 0 ? certain : matches;
  const [only] = candidates;
  const tool = only?.evidence.strength === 'certain' ? null : otherToolIn(listing);
  if (tool !== null) throw unsupportedTool(listing, tool);
  if (only === undefined) throw noLayout(listing);
  if (candidates.length > 1) throw ambiguous(listing, candidates);
  return only.layout;
}

function unsupportedTool(listing: FolderListing, tool: OtherTool): InputError {
  return new InputError([
    {
      code: 'unsupported-layout',
      message: `${listing.folder} holds migrations of ${tool.name} (${tool.seen}), which cannot be read yet`,
      fix: `Name another folder with --migrations DIR; layouts that can be read: ${LAYOUTS.join(', ')}`,
      file: listing.folder,
    },
  ]);
}

function noLayout(listing: FolderListing): InputError {
  const looked = LAYOUTS.map((name) => `  ${name}: ${LAYOUT_REGISTRY[name].describe}`).join('\n');
  return new InputError([
    {
      code: 'no-migrations',
      message: `${listing.folder} holds no migrations in a known layout; it holds ${contentOf(listing)}; looked for:\n${looked}`,
      fix: 'Name the folder of the migrations with --migrations DIR, and its layout with --layout NAME',
      file: listing.folder,
    },
  ]);
}

function notThisLayout(listing: FolderListing, layout: Layout): InputError {
  return new InputError([
    {
      code: 'no-migrations',
      message: `${listing.folder} holds no migrations in the layout ${layout.name}; it holds ${contentOf(listing)}; looked for ${layout.describe}`,
      fix: 'Leave out --layout to have it detected, or name another folder with --migrations DIR',
      file: listing.folder,
    },
  ]);
}

function ambiguous(
  listing: FolderListing,
  matches: readonly { layout: Layout; evidence: Evidence }[],
): InputError {
  const seen = matches.map(({ layout, evidence }) => `${layout.name} (${evidence.seen})`).join(' and ');
  return new InputError([
    {
      code: 'ambiguous-layout',
      message: `${listing.folder} looks like ${seen}`,
      fix: `Say which one it is: ${matches.map(({ layout }) => `--layout ${layout.name}`).join(' or ')}`,
      file: listing.folder,
    },
  ]);
}

function contentOf(listing: FolderListing): string {
  const scripts = listing.files.filter((file) => file.endsWith('.sql'));
  const example = scripts[0] === undefined ? '' : `, for example ${scripts[0]}`;
  return `${scripts.length} .sql files${example}, ${listing.files.length - scripts.length} other files and ${listing.folders.size} folders`;
}
