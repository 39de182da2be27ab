import { unquotedPart } from '../../sql/qualified-name.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { type Alteration, Attributes } from '../attributes.ts';
import { guarded, inOrder, statements, unwritten } from '../draft.ts';
import { existenceOf } from '../existence.ts';
import { changedForeignOptions, foreignOptions, optionHeld } from '../foreign-options.ts';
import { named } from '../kind-defaults.ts';
import { withoutArguments } from '../own-name.ts';

/** CREATE and ALTER FOREIGN DATA WRAPPER. */
export const foreignDataWrapper = named('FOREIGN DATA WRAPPER', {
  grantedOn: ({ name }) => `FOREIGN DATA WRAPPER ${name}`,
  create: (object) => {
    const attributes = new Attributes(object);
    const options = foreignOptions(`foreign data wrapper ${object.name}`, attributes.list('options'));
    const [handler, validator] = [attributes.text('handler'), attributes.text('validator')];
    const text = [
      `CREATE FOREIGN DATA WRAPPER ${object.name}`,
      handler === null ? '' : ` HANDLER ${withoutArguments(handler)}`,
      validator === null ? '' : ` VALIDATOR ${withoutArguments(validator)}`,
      options.clause,
    ].join('');
    return inOrder(guarded(`NOT ${existenceOf(object)}`, text), unwritten(...options.leftovers));
  },
  alter: (change) => {
    const { name } = change.before;
    const row = `fdwname = ${quoteLiteral(unquotedPart(name))}`;
    const options = { wanted: change.was.list('options'), present: change.is.list('options') };
    return inOrder(
      statements(...functions(change)),
      changedForeignOptions(
        `foreign data wrapper ${name}`,
        `ALTER FOREIGN DATA WRAPPER ${name}`,
        options,
        optionHeld(['pg_foreign_data_wrapper', 'fdwoptions'], row),
      ),
    );
  },
});

function functions(change: Alteration): string[] {
  return ['handler', 'validator'].flatMap((attribute) => {
    if (!change.differs(attribute)) return [];
    const wanted = change.was.text(attribute);
    const word = attribute.toUpperCase();
    const clause = wanted === null ? `NO ${word}` : `${word} ${withoutArguments(wanted)}`;
    return [`ALTER FOREIGN DATA WRAPPER ${change.before.name} ${clause}`];
  });
}
