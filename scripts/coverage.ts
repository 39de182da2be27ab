import { KIND_READERS } from '../packages/engine/src/catalog/kind-readers.ts';
import { KINDS } from '../packages/engine/src/catalog/model.ts';
import { NEWEST_KNOWN_MAJOR, WATCHES } from '../packages/engine/src/catalog/unmodelled.ts';

/** The page that says what a snapshot compares, from the queries themselves. */
export function coveragePage(): string {
  const context = { major: NEWEST_KNOWN_MAJOR, superuser: true };
  const rows = KINDS.map(
    (kind) => `| \`${kind}\` | ${attributesIn(KIND_READERS[kind].query(context)).join(', ')} |`,
  );
  const watched = WATCHES.map(({ what }) => `- ${what}`);
  return `<!-- Written by scripts/generate.ts: run pnpm generate. -->

# What is compared

Every kind of object, and every property of it that counts. Names are part of the identity; the order of columns is a level of equality of its own.

| kind | properties |
|---|---|
${rows.join('\n')}

# What is only watched

No kind describes these. They are reduced to a fingerprint; a migration that touches one is \`unchecked\`.

${watched.join('\n')}

# What is not state

Where a sequence stands and what rows a table holds are data, which scope \`schema\` does not speak of. Planner statistics, physical places, transaction
numbers and the gaps that dropped columns leave are no state of the schema. Members of an extension are the extension's; privileges granted on them count.
`;
}

/** Names before each value at the outermost level of the query's \`json_build_object\`. */
function attributesIn(query: string): string[] {
  const start = query.indexOf('json_build_object(') + 'json_build_object('.length;
  const names: string[] = [];
  let depth = 0;
  for (const [token] of query.slice(start).matchAll(/'(?:[^']|'')*'|[(),]|[^'(),]+/g)) {
    if (token === '(') depth += 1;
    else if (token === ')') depth -= 1;
    if (depth < 0) break;
    const name = /^'([A-Za-z]+)'$/.exec(token)?.[1];
    if (depth === 0 && name !== undefined) names.push(words(name));
  }
  return [...new Set(names)];
}

function words(name: string): string {
  return name.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`);
}
