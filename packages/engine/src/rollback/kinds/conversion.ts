import { quoteLiteral } from '../../sql/quote.ts';
import { Attributes } from '../attributes.ts';
import { guarded } from '../draft.ts';
import { existenceOf } from '../existence.ts';
import { named } from '../kind-defaults.ts';
import { withoutArguments } from '../own-name.ts';

/** CREATE CONVERSION. */
export const conversion = named('CONVERSION', {
  create: (object) => {
    const attributes = new Attributes(object);
    const usual = attributes.is('default') ? 'DEFAULT ' : '';
    const [from, to] = [attributes.text('from') ?? '', attributes.text('to') ?? ''];
    const routine = withoutArguments(attributes.text('function') ?? '');
    return guarded(
      `NOT ${existenceOf(object)}`,
      `CREATE ${usual}CONVERSION ${object.name} FOR ${quoteLiteral(from)} TO ${quoteLiteral(to)} FROM ${routine}`,
    );
  },
});
