import { quoteIdentifier, quoteLiteral } from '../../sql/quote.ts';
import type { Alteration, Attributes } from '../attributes.ts';
import { dollarTag } from '../dollar-tag.ts';
import { inOrder, statements, unwritten } from '../draft.ts';
import type { KindWriter } from '../kind-writer.ts';
import { type GrantTarget, privilegeStatements } from '../privileges.ts';
import { settingClause } from '../setting.ts';

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

/** @param text with `%I` for the name, in which nothing else may be taken for a place */
function onThis(text: string): string {
  const [before = '', ...behind] = text.split('%I');
  const format = `${before.replaceAll('%', '%%')}%I${behind.join('%I').replaceAll('%', '%%')}`;
  const tag = dollarTag('do', format);
  return `DO ${tag} BEGIN EXECUTE format(${quoteLiteral(format).trim()}, current_database()); END ${tag}`;
}

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
  const [wanted, present] = [change.was.list('settings'), change.is.list('settings')];
  const names = wanted.map(nameOf);
  return [
    ...present
      .map(nameOf)
      .filter((name) => !names.includes(name))
      .map((name) => onThis(`ALTER DATABASE %I RESET ${name}`)),
    ...wanted
      .filter((setting) => !present.includes(setting))
      .map((setting) => onThis(`ALTER DATABASE %I SET ${settingClause(setting)}`)),
  ];
}

function nameOf(setting: string): string {
  return setting.slice(0, setting.indexOf('='));
}
