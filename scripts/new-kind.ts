import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Begins a new kind of catalog object: `pnpm new-kind security-label`. Writes its file in catalog/kinds, names it in the
 * registries, and says what is left to do. What it writes compiles and reads nothing.
 */

const ENGINE = resolve(import.meta.dirname, '../packages/engine/src');
const [kind = ''] = process.argv.slice(2);
const file = join(ENGINE, `catalog/kinds/${kind}.ts`);
if (!/^[a-z]+(-[a-z]+)*$/.test(kind) || existsSync(file)) {
  console.error('usage: pnpm new-kind <name>, a new one, in lower case with dashes');
  process.exit(2);
}

const constant = kind.replace(/-(.)/g, (_, letter: string) => letter.toUpperCase());
const key = kind.includes('-') ? `'${kind}'` : kind;

writeFileSync(
  file,
  `import { kindReader } from '../kind-reader.ts';

/** TELL: what it is, and which catalogs hold it. */
export const ${constant} = kindReader(
  '${kind}',
  {},
  () => \`
  select null as identity, null as name, null as parent, null as relation, null::int as position, null::json as attributes where false\`,
);
`,
);
insert('catalog/model.ts', '\n] as const;', `\n  '${kind}',`);
insert('catalog/kind-readers.ts', '\n} satisfies', `\n  ${key}: ${constant},`);
insert(
  'catalog/kind-readers.ts',
  '\nimport type { Kind }',
  `\nimport { ${constant} } from './kinds/${kind}.ts';`,
);
insert('rollback/removal.ts', '\n};\n\nfunction ownName', `\n  ${key}: notAlone,`);
console.log(`written: packages/engine/src/catalog/kinds/${kind}.ts, and its lines in model.ts, kind-readers.ts and removal.ts
next: its query, the statement that drops it in rollback/removal.ts, its watch out of catalog/unmodelled.ts,
      scenarios in corpus/${kind}--<case>/, mutations in packages/engine/tests/mutations/, then: pnpm format, pnpm generate, pnpm check`);

/** Puts a line before the first place where the mark stands. */
function insert(path: string, mark: string, line: string): void {
  const full = join(ENGINE, path);
  const text = readFileSync(full, 'utf8');
  const at = text.indexOf(mark);
  if (at === -1) throw new Error(`${path} has no place for a new kind: ${JSON.stringify(mark)} is missing`);
  writeFileSync(full, text.slice(0, at) + line + text.slice(at));
}
