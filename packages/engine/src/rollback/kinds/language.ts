import { FIRST_USER_OID } from '../../catalog/fragments.ts';
import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import { statements } from '../draft.ts';
import { named } from '../kind-defaults.ts';
import { withoutArguments } from '../own-name.ts';
import { type GrantTarget, privilegeStatements } from '../privileges.ts';

/** CREATE LANGUAGE. Those that initdb makes are told only for their privileges, and stay. */
export const language = named('LANGUAGE', {
  grantedOn: ({ name }) => `LANGUAGE ${name}`,
  drop: (object) => {
    if (!isBuiltIn(object)) return statements(`DROP LANGUAGE IF EXISTS ${object.name}`);
    const attributes = new Attributes(object);
    const target: GrantTarget = {
      on: `LANGUAGE ${object.name}`,
      owner: attributes.text('owner') ?? '',
      everybody: 'U',
      all: 'U',
    };
    return statements(...privilegeStatements(target, null, attributes.list('privileges')));
  },
  create: (object) => (isBuiltIn(object) ? statements() : statements(creation(object))),
  alter: ({ before }) => statements(creation(before)),
});

function isBuiltIn({ identity }: CatalogObject): boolean {
  return Number(identity.slice(identity.indexOf('/') + 1)) < FIRST_USER_OID;
}

function creation(object: CatalogObject): string {
  const attributes = new Attributes(object);
  const clause = (word: string, routine: string | null) =>
    routine === null ? '' : ` ${word} ${withoutArguments(routine)}`;
  return [
    `CREATE OR REPLACE ${attributes.is('trusted') ? 'TRUSTED ' : ''}LANGUAGE ${object.name}`,
    clause('HANDLER', attributes.text('handler')),
    clause('INLINE', attributes.text('inline')),
    clause('VALIDATOR', attributes.text('validator')),
  ].join('');
}
