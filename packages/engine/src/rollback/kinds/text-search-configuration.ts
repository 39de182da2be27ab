import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import { type Draft, guarded, inOrder, MAKE_ANEW, statements, unwritten } from '../draft.ts';
import { existenceOf } from '../existence.ts';
import { named } from '../kind-defaults.ts';

/** Tokens of the default parser by their number, from 1 on (PostgreSQL manual 12.5, table 12.1; `ts_token_type`). */
const TOKENS: readonly string[] = [
  'asciiword',
  'word',
  'numword',
  'email',
  'url',
  'host',
  'sfloat',
  'version',
  'hword_numpart',
  'hword_part',
  'hword_asciipart',
  'blank',
  'tag',
  'protocol',
  'numhword',
  'asciihword',
  'hword',
  'url_path',
  'file',
  'float',
  'int',
  'uint',
  'entity',
];

/** CREATE TEXT SEARCH CONFIGURATION with its mappings; ALTER MAPPING adds one as well. */
export const textSearchConfiguration = named('TEXT SEARCH CONFIGURATION', {
  create: (object) => {
    const attributes = new Attributes(object);
    const text = `CREATE TEXT SEARCH CONFIGURATION ${object.name} (PARSER = ${attributes.text('parser')})`;
    return inOrder(
      guarded(`NOT ${existenceOf(object)}`, text),
      mapped(object, attributes, [...mappingsOf(attributes)]),
    );
  },
  alter: (change) => {
    if (change.differs('parser')) return MAKE_ANEW;
    const { before, was } = change;
    const [wanted, present] = [mappingsOf(was), mappingsOf(change.is)];
    const gone = [...present.keys()].filter((token) => !wanted.has(token));
    const other = [...wanted].filter(([token, dictionaries]) => present.get(token) !== dictionaries);
    return inOrder(
      ...gone.map((token) =>
        statements(
          `ALTER TEXT SEARCH CONFIGURATION ${before.name} DROP MAPPING IF EXISTS FOR ${nameOfToken(token)}`,
        ),
      ),
      mapped(before, was, other),
    );
  },
});

/** Dictionaries by the number of the token, from lines of token, place and dictionary. */
function mappingsOf(attributes: Attributes): Map<string, string> {
  const mappings = new Map<string, string>();
  for (const line of attributes.list('mappings')) {
    const [, token = '', dictionary = ''] = /^(\d+) \d+ (.*)$/.exec(line) ?? [];
    const known = mappings.get(token);
    mappings.set(token, known === undefined ? dictionary : `${known}, ${dictionary}`);
  }
  return mappings;
}

/** Tokens with the same dictionaries are said at once. */
function mapped(
  object: CatalogObject,
  attributes: Attributes,
  mappings: readonly (readonly [token: string, dictionaries: string])[],
): Draft {
  if (mappings.length > 0 && attributes.text('parser') !== 'pg_catalog."default"')
    return unwritten(
      `text search configuration ${object.name}: the tokens of the parser ${attributes.text('parser')}`,
    );
  const tokens = new Map<string, string[]>();
  for (const [token, dictionaries] of mappings)
    tokens.set(dictionaries, [...(tokens.get(dictionaries) ?? []), nameOfToken(token)]);
  return statements(
    ...[...tokens].map(
      ([dictionaries, names]) =>
        `ALTER TEXT SEARCH CONFIGURATION ${object.name} ALTER MAPPING FOR ${names.join(', ')} WITH ${dictionaries}`,
    ),
  );
}

function nameOfToken(number: string): string {
  return TOKENS[Number(number) - 1] ?? number;
}
