import { quoteLiteral } from '../../sql/quote.ts';
import { Attributes } from '../attributes.ts';
import { guarded, MAKE_ANEW } from '../draft.ts';
import { not, typeExists } from '../guards.ts';
import { named } from '../kind-defaults.ts';

/** CREATE TYPE … AS ENUM. A label cannot be dropped (PostgreSQL manual 8.7.2): the type is made anew. */
export const enumType = named('TYPE', {
  grantedOn: ({ name }) => `TYPE ${name}`,
  create: (object) => {
    const labels = new Attributes(object).list('labels').map(quoteLiteral);
    return guarded(not(typeExists(object.name)), `CREATE TYPE ${object.name} AS ENUM (${labels.join(', ')})`);
  },
  alter: () => MAKE_ANEW,
});
