import { unquotedPart } from '../../sql/qualified-name.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { Attributes } from '../attributes.ts';
import { guarded } from '../draft.ts';
import { named } from '../kind-defaults.ts';

/** CREATE ACCESS METHOD; only a superuser may. */
export const accessMethod = named('ACCESS METHOD', {
  create: (object) => {
    const attributes = new Attributes(object);
    const type = attributes.text('type') === 't' ? 'TABLE' : 'INDEX';
    return guarded(
      `NOT EXISTS (SELECT FROM pg_am WHERE amname = ${quoteLiteral(unquotedPart(object.name))})`,
      `CREATE ACCESS METHOD ${object.name} TYPE ${type} HANDLER ${attributes.text('handler')}`,
    );
  },
});
