import type { CatalogObject } from '../../catalog/model.ts';
import { unquotedPart } from '../../sql/qualified-name.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { Attributes } from '../attributes.ts';
import { inOrder, statements, unwritten } from '../draft.ts';
import { changedForeignOptions, foreignOptions, optionHeld } from '../foreign-options.ts';
import type { KindWriter } from '../kind-writer.ts';

/** CREATE and ALTER USER MAPPING; it has no name, no owner and no comment. */
export const userMapping: KindWriter = {
  designation: () => null,
  grantedOn: () => null,
  drop: (object) => statements(`DROP USER MAPPING IF EXISTS ${target(object).text}`),
  create: (object) => {
    const options = foreignOptions(`user mapping ${object.name}`, new Attributes(object).list('options'));
    const text = `CREATE USER MAPPING IF NOT EXISTS ${target(object).text}${options.clause}`;
    return inOrder(statements(text), unwritten(...options.leftovers));
  },
  alter: ({ before, was, is }) => {
    const { user, server, text } = target(before);
    const row = `usename = ${quoteLiteral(unquotedPart(user))} AND srvname = ${quoteLiteral(unquotedPart(server))}`;
    return changedForeignOptions(
      `user mapping ${before.name}`,
      `ALTER USER MAPPING ${text}`,
      { wanted: was.list('options'), present: is.list('options') },
      optionHeld(['pg_user_mappings', 'umoptions'], row),
    );
  },
  rename: () => statements(),
};

/** `for somebody server far`; both follow the names of the role and the server. */
function target({ name }: CatalogObject): { user: string; server: string; text: string } {
  const [, user = '', server = ''] = /^for ("(?:[^"]|"")*"|\S+) server (.*)$/.exec(name) ?? [];
  return { user, server, text: `FOR ${user} SERVER ${server}` };
}
