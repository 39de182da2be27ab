import type { Problem } from '../errors/problem.ts';

/** Lines by which tools that keep both directions in one file begin the way back. */
const MARKERS: readonly { readonly tool: string; readonly marker: RegExp }[] = [
  { tool: 'dbmate', marker: /^\s*--\s*migrate:down\b/i },
  { tool: 'goose', marker: /^\s*--\s*\+goose\s+Down\b/i },
  { tool: 'sql-migrate', marker: /^\s*--\s*\+migrate\s+Down\b/i },
];

/**
 * A file with both directions, read as one script, would apply and take back at once and look harmless.
 *
 * @param file path to show
 * @param text the script
 */
export function bothDirectionsProblems(file: string, text: string): Problem[] {
  for (const [index, line] of text.split('\n').entries()) {
    const tool = MARKERS.find(({ marker }) => marker.test(line))?.tool;
    if (tool === undefined) continue;
    return [
      {
        code: 'unsupported-layout',
        message: `${file} holds the migration and its rollback in one file, as ${tool} does, which cannot be read yet`,
        fix: 'Move the part from this line on to the rollback script, and remove the line',
        file,
        line: index + 1,
      },
    ];
  }
  return [];
}
