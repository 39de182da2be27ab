import type { CatalogObject } from '../../catalog/model.ts';
import { unquotedPart } from '../../sql/qualified-name.ts';
import { Attributes } from '../attributes.ts';
import { statements, unwritten } from '../draft.ts';
import type { KindWriter } from '../kind-writer.ts';
import { type GrantTarget, privilegeStatements } from '../privileges.ts';

const EVERYBODY: Readonly<Record<string, string>> = { functions: 'X', types: 'U' };
const ALL: Readonly<Record<string, string>> = {
  tables: 'arwdDxt',
  sequences: 'rwU',
  functions: 'X',
  types: 'U',
  schemas: 'UC',
};

/** ALTER DEFAULT PRIVILEGES (PostgreSQL manual): what one role grants on objects that it will make. */
export const defaultPrivileges: KindWriter = {
  designation: () => null,
  grantedOn: () => null,
  drop: (object) => altered(object, usual(object), new Attributes(object).list('privileges')),
  create: (object) => altered(object, new Attributes(object).list('privileges'), usual(object)),
  alter: ({ before, was, is }) => altered(before, was.list('privileges'), is.list('privileges')),
  rename: ({ name }) => unwritten(`default privileges ${name}`),
};

/** `for role x in schema y on tables`. */
function parts({ name }: CatalogObject): { role: string; schema: string | null; what: string } {
  const [, role = '', schema, what = ''] =
    /^for role ("(?:[^"]|"")*"|\S+)(?: in schema ("(?:[^"]|"")*"|\S+))? on (\w+)$/.exec(name) ?? [];
  return { role, schema: schema ?? null, what };
}

/** In a schema nothing but what is added to the global entry; globally what PostgreSQL grants. */
function usual(object: CatalogObject): string[] | null {
  return parts(object).schema === null ? null : [];
}

/** MAINTAIN came with PostgreSQL 17: where somebody has it, the owner has. */
function allOf(what: string, items: readonly string[]): string {
  const letters = ALL[what] ?? '';
  return what === 'tables' && items.some((item) => /=[^/]*m/.test(item)) ? `${letters}m` : letters;
}

function altered(object: CatalogObject, wanted: readonly string[] | null, present: readonly string[] | null) {
  const { role, schema, what } = parts(object);
  const target: GrantTarget = {
    on: what.toUpperCase(),
    owner: unquotedPart(role),
    everybody: EVERYBODY[what] ?? '',
    all: allOf(what, [...(wanted ?? []), ...(present ?? [])]),
  };
  const start = `ALTER DEFAULT PRIVILEGES FOR ROLE ${role}${schema === null ? '' : ` IN SCHEMA ${schema}`}`;
  return statements(...privilegeStatements(target, wanted, present).map((text) => `${start} ${text}`));
}
