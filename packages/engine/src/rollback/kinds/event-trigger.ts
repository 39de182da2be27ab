import { quoteLiteral } from '../../sql/quote.ts';
import { Attributes } from '../attributes.ts';
import { guarded, inOrder, MAKE_ANEW, statements } from '../draft.ts';
import { eventTriggerExists, not } from '../guards.ts';
import { named } from '../kind-defaults.ts';
import { ENABLED } from './trigger.ts';

/** CREATE EVENT TRIGGER; only a superuser may. */
export const eventTrigger = named('EVENT TRIGGER', {
  create: (object) => {
    const attributes = new Attributes(object);
    const tags = attributes.list('tags').map(quoteLiteral);
    const when = tags.length === 0 ? '' : ` WHEN TAG IN (${tags.join(', ')})`;
    const text = `CREATE EVENT TRIGGER ${object.name} ON ${attributes.text('event')}${when} EXECUTE FUNCTION ${attributes.text('function')}`;
    return inOrder(guarded(not(eventTriggerExists(object.name)), text), state(object.name, attributes, 'O'));
  },
  alter: ({ before, was, changed }) =>
    changed.every((name) => name === 'enabled') ? state(before.name, was, null) : MAKE_ANEW,
});

function state(name: string, attributes: Attributes, usual: string | null) {
  const enabled = attributes.text('enabled') ?? 'O';
  return enabled === usual ? statements() : statements(`ALTER EVENT TRIGGER ${name} ${ENABLED[enabled]}`);
}
