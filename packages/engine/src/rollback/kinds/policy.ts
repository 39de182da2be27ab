import type { CatalogObject } from '../../catalog/model.ts';
import { quoteIdentifier } from '../../sql/quote.ts';
import { Attributes } from '../attributes.ts';
import { guarded, MAKE_ANEW, statements } from '../draft.ts';
import { not, policyExists } from '../guards.ts';
import { named } from '../kind-defaults.ts';
import { ownNameOn } from '../own-name.ts';

/** `pg_policy.polcmd`. */
const COMMANDS: Readonly<Record<string, string>> = {
  r: 'SELECT',
  a: 'INSERT',
  w: 'UPDATE',
  d: 'DELETE',
  '*': 'ALL',
};

/** CREATE and ALTER POLICY. */
export const policy = named('POLICY', {
  designation: (object) => `POLICY ${ownNameOn(object)} ON ${object.table}`,
  drop: (object) => statements(`DROP POLICY IF EXISTS ${ownNameOn(object)} ON ${object.table}`),
  create: (object) => guarded(not(policyExists(object.table ?? '', ownNameOn(object))), creation(object)),
  alter: (change) => {
    const loses = ['using', 'check'].some(
      (name) => change.was.text(name) === null && change.is.text(name) !== null,
    );
    if (change.differs('command', 'permissive') || loses) return MAKE_ANEW;
    const { before, was } = change;
    return statements(`ALTER POLICY ${ownNameOn(before)} ON ${before.table}${clauses(was)}`);
  },
  rename: (object, { name }) =>
    guarded(
      policyExists(object.table ?? '', ownNameOn(object)),
      `ALTER POLICY ${ownNameOn(object)} ON ${object.table} RENAME TO ${name}`,
    ),
});

function creation(object: CatalogObject): string {
  const attributes = new Attributes(object);
  const kind = attributes.is('permissive') ? '' : ' AS RESTRICTIVE';
  const command = COMMANDS[attributes.text('command') ?? '*'] ?? 'ALL';
  return `CREATE POLICY ${ownNameOn(object)} ON ${object.table}${kind} FOR ${command}${clauses(attributes)}`;
}

function clauses(attributes: Attributes): string {
  const roles = attributes
    .list('roles')
    .map((role) => (role === 'public' ? 'PUBLIC' : quoteIdentifier(role)));
  const [using, check] = [attributes.text('using'), attributes.text('check')];
  return [
    ` TO ${roles.join(', ')}`,
    using === null ? '' : ` USING (${using})`,
    check === null ? '' : ` WITH CHECK (${check})`,
  ].join('');
}
