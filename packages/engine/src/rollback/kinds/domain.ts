import { Attributes } from '../attributes.ts';
import { guarded, MAKE_ANEW, statements } from '../draft.ts';
import { not, typeExists } from '../guards.ts';
import { named } from '../kind-defaults.ts';

/** CREATE DOMAIN; its constraints are objects of their own, but for NOT NULL before PostgreSQL 18. */
export const domain = named('DOMAIN', {
  grantedOn: ({ name }) => `DOMAIN ${name}`,
  create: (object, { snapshot }) => {
    const attributes = new Attributes(object);
    const [collation, value] = [attributes.text('collation'), attributes.text('default')];
    const text = [
      `CREATE DOMAIN ${object.name} AS ${attributes.text('type')}`,
      ...(collation === null ? [] : [`COLLATE ${collation}`]),
      ...(value === null ? [] : [`DEFAULT ${value}`]),
      ...(attributes.is('notNull') && snapshot.major < 18 ? ['NOT NULL'] : []),
    ].join(' ');
    return guarded(not(typeExists(object.name)), text);
  },
  alter: (change, { snapshot }) => {
    if (change.differs('type', 'collation')) return MAKE_ANEW;
    const alter = `ALTER DOMAIN ${change.before.name}`;
    const value = change.was.text('default');
    const texts: string[] = [];
    if (change.differs('default'))
      texts.push(value === null ? `${alter} DROP DEFAULT` : `${alter} SET DEFAULT ${value}`);
    if (change.differs('notNull') && snapshot.major < 18)
      texts.push(`${alter} ${change.was.is('notNull') ? 'SET' : 'DROP'} NOT NULL`);
    return statements(...texts);
  },
});
