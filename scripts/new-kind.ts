import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';

/**
 * Begins a new kind of catalog object: `pnpm new-kind security-label`. Writes its files in catalog/kinds and rollback/kinds, names it in the
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
writeFileSync(
  join(ENGINE, `rollback/kinds/${kind}.ts`),
  `import { unwritten } from '../draft.ts';
import { named } from '../kind-defaults.ts';

/** TELL: which statements make it, and what cannot be brought back. */
export const ${constant} = named('${kind.replaceAll('-', ' ').toUpperCase()}', {
  create: ({ name }) => unwritten(\`${kind} \${name}\`),
});
`,
);
insert('rollback/kind-writers.ts', '\n} satisfies', `\n  ${key}: ${constant},`);
insert(
  'rollback/kind-writers.ts',
  '\nimport { language }',
  `\nimport { ${constant} } from './kinds/${kind}.ts';`,
);
console.log(`written: catalog/kinds/${kind}.ts and rollback/kinds/${kind}.ts in packages/engine/src, and their lines in model.ts, kind-readers.ts and kind-writers.ts
next: its query, its statements, its watch out of catalog/unmodelled.ts,
      scenarios in corpus/${kind}--<case>/, mutations in packages/engine/tests/mutations/, then: pnpm format, pnpm generate, pnpm check`);

/** Puts a line before the first place where the mark stands. */
function insert(path: string, mark: string, line: string): void {
  const full = join(ENGINE, path);
  const text = readFileSync(full, 'utf8');
  const at = text.indexOf(mark);
  if (at === -1) throw new Error(`${path} has no place for a new kind: ${JSON.stringify(mark)} is missing`);
  writeFileSync(full, text.slice(0, at) + line + text.slice(at));
}
