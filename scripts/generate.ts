import { readFile, writeFile } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { newestResult } from '../bench/src/newest-result.ts';
import { performancePage } from '../bench/src/performance-page.ts';
import { helpTexts } from '../packages/cli/src/help-texts.ts';
import { reportJsonSchema } from '../packages/engine/src/index.ts';
import { coveragePage } from './coverage.ts';

/**
 * Writes the files that come from the program: the JSON Schema of reports, docs/coverage.md,
 * docs/performance.md and the help texts in docs/cli.md.
 * With `--check` it writes nothing and fails when one of them is stale.
 */

const ROOT = resolve(import.meta.dirname, '..');
const SCHEMA = 'packages/engine/report.schema.json';
const DOCS = 'docs/cli.md';

const wanted: readonly { readonly file: string; readonly text: string }[] = [
  { file: SCHEMA, text: `${JSON.stringify(reportJsonSchema(), null, 2)}\n` },
  { file: 'docs/coverage.md', text: coveragePage() },
  { file: 'docs/performance.md', text: performancePage(await newestResult(join(ROOT, 'bench/results'))) },
  { file: DOCS, text: withHelp(await readFile(join(ROOT, DOCS), 'utf8')) },
];

const stale: string[] = [];
for (const { file, text } of wanted) {
  const path = join(ROOT, file);
  const current = await readFile(path, 'utf8').catch(() => null);
  if (current === text) continue;
  stale.push(file);
  if (!process.argv.includes('--check')) await writeFile(path, text);
}

if (!process.argv.includes('--check')) {
  console.log(stale.length === 0 ? 'nothing to write' : `written: ${stale.join(', ')}`);
} else if (stale.length > 0) {
  console.error(`stale: ${stale.join(', ')}\nrun: pnpm generate`);
  process.exitCode = 1;
}

/** Puts each command's help between `<!-- help: NAME -->` and `<!-- /help -->`. */
function withHelp(page: string): string {
  const texts = helpTexts();
  const named = [...page.matchAll(/<!-- help: (.+?) -->/g)].map(([, name]) => name);
  const forgotten = [...texts.keys()].filter((name) => !named.includes(name));
  if (forgotten.length > 0) throw new Error(`${DOCS} has no place for the help of: ${forgotten.join(', ')}`);
  return page.replace(/<!-- help: (.+?) -->[\s\S]*?<!-- \/help -->/g, (_, name: string) => {
    const text = texts.get(name);
    if (text === undefined)
      throw new Error(`${DOCS} has a place for the help of "${name}", which is no command`);
    return `<!-- help: ${name} -->\n\`\`\`text\n${text.trimEnd()}\n\`\`\`\n<!-- /help -->`;
  });
}
