import { Attributes } from '../attributes.ts';
import { guarded } from '../draft.ts';
import { not, typeExists } from '../guards.ts';
import { named } from '../kind-defaults.ts';

const OPTIONS: readonly [attribute: string, option: string][] = [
  ['subtype', 'subtype'],
  ['operatorClass', 'subtype_opclass'],
  ['collation', 'collation'],
  ['canonical', 'canonical'],
  ['difference', 'subtype_diff'],
  ['multirange', 'multirange_type_name'],
];

/** CREATE TYPE … AS RANGE; functions are named without their arguments there. */
export const range = named('TYPE', {
  grantedOn: ({ name }) => `TYPE ${name}`,
  create: (object) => {
    const attributes = new Attributes(object);
    const options = OPTIONS.flatMap(([attribute, option]) => {
      const value = attributes.text(attribute);
      return value === null ? [] : [`${option} = ${value.replace(/\(.*$/, '')}`];
    });
    return guarded(
      not(typeExists(object.name)),
      `CREATE TYPE ${object.name} AS RANGE (${options.join(', ')})`,
    );
  },
});
