import { Attributes } from '../attributes.ts';
import { guarded } from '../draft.ts';
import { existenceOf } from '../existence.ts';
import { named } from '../kind-defaults.ts';
import { functionOptions } from '../options.ts';

const OPTIONS: readonly [attribute: string, option: string][] = [
  ['start', 'START'],
  ['token', 'GETTOKEN'],
  ['end', 'END'],
  ['types', 'LEXTYPES'],
  ['headline', 'HEADLINE'],
];

/** CREATE TEXT SEARCH PARSER; only a superuser may. */
export const textSearchParser = named('TEXT SEARCH PARSER', {
  create: (object) =>
    guarded(
      `NOT ${existenceOf(object)}`,
      `CREATE TEXT SEARCH PARSER ${object.name} (${functionOptions(new Attributes(object), OPTIONS)})`,
    ),
});
