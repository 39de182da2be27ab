import type { CatalogObject } from '../../catalog/model.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { Attributes } from '../attributes.ts';
import { guarded } from '../draft.ts';
import { named } from '../kind-defaults.ts';

/** `pg_cast.castcontext`. */
const CONTEXTS: Readonly<Record<string, string>> = { a: ' AS ASSIGNMENT', i: ' AS IMPLICIT', e: '' };

/** CREATE CAST; its name is that of its types. */
export const cast = named('CAST', {
  create: (object) => {
    const attributes = new Attributes(object);
    const context = CONTEXTS[attributes.text('context') ?? 'e'];
    return guarded(`NOT ${exists(object)}`, `CREATE CAST ${object.name} ${method(attributes)}${context}`);
  },
});

/** `pg_cast.castmethod`. */
function method(attributes: Attributes): string {
  if (attributes.text('method') === 'f') return `WITH FUNCTION ${attributes.text('function')}`;
  return attributes.text('method') === 'i' ? 'WITH INOUT' : 'WITHOUT FUNCTION';
}

function exists({ name }: CatalogObject): string {
  const [, source = '', target = ''] = /^\((.*) AS (.*)\)$/.exec(name) ?? [];
  return `EXISTS (SELECT FROM pg_cast WHERE castsource = to_regtype(${quoteLiteral(source)}) AND casttarget = to_regtype(${quoteLiteral(target)}))`;
}
