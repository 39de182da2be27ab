import { unquotedPart } from '../../sql/qualified-name.ts';
import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import { Attributes } from '../attributes.ts';
import { inOrder, MAKE_ANEW, statements, unwritten } from '../draft.ts';
import { changedForeignOptions, foreignOptions, optionHeld } from '../foreign-options.ts';
import { named } from '../kind-defaults.ts';

/** CREATE and ALTER SERVER. */
export const server = named('SERVER', {
  grantedOn: ({ name }) => `FOREIGN SERVER ${name}`,
  create: (object) => {
    const attributes = new Attributes(object);
    const [type, version] = [attributes.text('type'), attributes.text('version')];
    const options = foreignOptions(`server ${object.name}`, attributes.list('options'));
    const text = [
      `CREATE SERVER IF NOT EXISTS ${object.name}`,
      type === null ? '' : ` TYPE ${quoteLiteral(type)}`,
      version === null ? '' : ` VERSION ${quoteLiteral(version)}`,
      ` FOREIGN DATA WRAPPER ${quoteIdentifier(attributes.text('wrapper') ?? '')}`,
      options.clause,
    ].join('');
    return inOrder(statements(text), unwritten(...options.leftovers));
  },
  alter: (change) => {
    if (change.differs('type', 'wrapper')) return MAKE_ANEW;
    const { name } = change.before;
    const version = change.was.text('version');
    const row = `srvname = ${quoteLiteral(unquotedPart(name))}`;
    return inOrder(
      change.differs('version')
        ? statements(`ALTER SERVER ${name} VERSION ${version === null ? 'NULL' : quoteLiteral(version)}`)
        : statements(),
      changedForeignOptions(
        `server ${name}`,
        `ALTER SERVER ${name}`,
        { wanted: change.was.list('options'), present: change.is.list('options') },
        optionHeld(['pg_foreign_server', 'srvoptions'], row),
      ),
    );
  },
});
