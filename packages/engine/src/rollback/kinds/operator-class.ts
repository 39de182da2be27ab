import type { CatalogObject } from '../../catalog/model.ts';
import { partsOfName, unquotedPart } from '../../sql/qualified-name.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { Attributes } from '../attributes.ts';
import { guarded } from '../draft.ts';
import { named } from '../kind-defaults.ts';
import { membersOfClass } from '../operator-members.ts';
import { nameAndMethod, usingMethod } from '../using-method.ts';

/** CREATE OPERATOR CLASS, with the members of its family that belong to it. */
export const operatorClass = named('OPERATOR CLASS', {
  ...usingMethod('OPERATOR CLASS'),
  create: (object, before) => {
    const attributes = new Attributes(object);
    const { name, method } = nameAndMethod(object);
    const storage = attributes.text('storage');
    const text = [
      `CREATE OPERATOR CLASS ${name}${attributes.is('default') ? ' DEFAULT' : ''}`,
      ` FOR TYPE ${attributes.text('type')} USING ${method} FAMILY ${attributes.text('family')} AS\n  `,
      [
        ...membersOfClass(object, before).map(({ text: member }) => member),
        ...(storage === null ? [] : [`STORAGE ${storage}`]),
      ].join(',\n  '),
    ].join('');
    return guarded(`NOT ${exists(object)}`, text);
  },
});

function exists(object: CatalogObject): string {
  const { name, method } = nameAndMethod(object);
  const [schema = '', own = ''] = partsOfName(name);
  return `EXISTS (SELECT FROM pg_opclass WHERE opcname = ${quoteLiteral(unquotedPart(own))} AND opcnamespace = to_regnamespace(${quoteLiteral(schema)}) AND opcmethod = (SELECT pg_am.oid FROM pg_am WHERE amname = ${quoteLiteral(unquotedPart(method))}))`;
}
