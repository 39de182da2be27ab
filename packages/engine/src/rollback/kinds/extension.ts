import { quoteLiteral } from '../../sql/quote.ts';
import { Attributes } from '../attributes.ts';
import { MAKE_ANEW, statements, unwritten } from '../draft.ts';
import { named } from '../kind-defaults.ts';

/**
 * CREATE EXTENSION in the version that it had: one that went up goes down only where the extension has a script for that
 * (PostgreSQL manual 36.17.3, "Extension Updates"), which the proof will tell.
 */
export const extension = named('EXTENSION', {
  create: (object) => {
    const attributes = new Attributes(object);
    const version = quoteLiteral(attributes.text('version') ?? '');
    return statements(
      `CREATE EXTENSION IF NOT EXISTS ${object.name} SCHEMA ${attributes.text('schema')} VERSION ${version}`,
    );
  },
  alter: (change) => {
    const { was, before } = change;
    if (change.differs('memberPrivileges'))
      return unwritten(`privileges on members of the extension ${before.name}`);
    if (change.differs('members') && !change.differs('version')) return MAKE_ANEW;
    const version = quoteLiteral(was.text('version') ?? '');
    return statements(
      ...(change.differs('version') ? [`ALTER EXTENSION ${before.name} UPDATE TO ${version}`] : []),
      ...(change.differs('schema')
        ? [`ALTER EXTENSION ${before.name} SET SCHEMA ${was.text('schema')}`]
        : []),
    );
  },
});
