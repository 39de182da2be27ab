import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import type { Alteration, Attributes } from '../attributes.ts';
import { inOrder, statements, unwritten } from '../draft.ts';
import type { KindWriter } from '../kind-writer.ts';
import { type GrantTarget, privilegeStatements } from '../privileges.ts';
import { changedSettings } from '../setting.ts';
import { onThis } from '../this-database.ts';

/** ALTER DATABASE; its name is not known, since the script is for any database with the same schema. */
export const database: KindWriter = {
  designation: () => null,
  grantedOn: () => null,
  drop: () => unwritten('the database'),
  create: () => unwritten('the database'),
  alter: (change) =>
    inOrder(
      statements(
        ...owner(change),
        ...privileges(change),
        ...settings(change),
        ...(change.differs('comment') ? [onThis(`COMMENT ON DATABASE %I IS ${commentOf(change)}`)] : []),
        ...(change.differs('connectionLimit')
          ? [onThis(`ALTER DATABASE %I CONNECTION LIMIT ${change.was.text('connectionLimit')}`)]
          : []),
      ),
      change.differs('tablespace') ? unwritten('the tablespace of the database') : statements(),
    ),
  rename: () => unwritten('the name of the database'),
};

function commentOf({ was }: Alteration): string {
  const text = was.text('comment');
  return text === null ? 'NULL' : quoteLiteral(text).trim();
}

function owner(change: Alteration): string[] {
  const wanted = change.was.text('owner') ?? '';
  return change.differs('owner') ? [onThis(`ALTER DATABASE %I OWNER TO ${quoteIdentifier(wanted)}`)] : [];
}

function privileges(change: Alteration): string[] {
  if (!change.differs('privileges')) return [];
  const target: GrantTarget = {
    on: 'DATABASE %I',
    owner: change.was.text('owner') ?? '',
    everybody: 'cT',
    all: 'CTc',
  };
  const list = (attributes: Attributes) =>
    attributes.text('privileges') === null ? null : attributes.list('privileges');
  return privilegeStatements(target, list(change.was), list(change.is)).map((text) =>
    text.includes('%I') ? onThis(text) : text,
  );
}

function settings(change: Alteration): string[] {
  return changedSettings(change.was.list('settings'), change.is.list('settings')).map((text) =>
    onThis(`ALTER DATABASE %I ${text}`),
  );
}
