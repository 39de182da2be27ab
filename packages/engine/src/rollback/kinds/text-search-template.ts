import { Attributes } from '../attributes.ts';
import { guarded } from '../draft.ts';
import { existenceOf } from '../existence.ts';
import { named } from '../kind-defaults.ts';
import { functionOptions } from '../options.ts';

const OPTIONS: readonly [attribute: string, option: string][] = [
  ['init', 'INIT'],
  ['lexize', 'LEXIZE'],
];

/** CREATE TEXT SEARCH TEMPLATE; only a superuser may. */
export const textSearchTemplate = named('TEXT SEARCH TEMPLATE', {
  create: (object) =>
    guarded(
      `NOT ${existenceOf(object)}`,
      `CREATE TEXT SEARCH TEMPLATE ${object.name} (${functionOptions(new Attributes(object), OPTIONS)})`,
    ),
});
