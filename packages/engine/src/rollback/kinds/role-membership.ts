import type { CatalogObject } from '../../catalog/model.ts';
import { unquotedPart } from '../../sql/qualified-name.ts';
import { Attributes } from '../attributes.ts';
import { guarded, statements } from '../draft.ts';
import { membershipExists } from '../guards.ts';
import type { KindWriter } from '../kind-writer.ts';
import { membershipRoles } from '../role-names.ts';
import type { Side } from '../side.ts';

/** Since when a membership is each grantor's own, and has the options INHERIT and SET. */
const WITH_GRANTORS = 16;

/** GRANT and REVOKE of a role. Its name follows the names of the roles. */
export const roleMembership: KindWriter = {
  designation: () => null,
  grantedOn: () => null,
  drop: (object, after) => {
    const { member, role } = membershipRoles(object);
    const text = `REVOKE ${role} FROM ${member}${grantedBy(object, after)}`;
    return guarded(membershipExists(member, role), text);
  },
  create: (object, before) => statements(granted(object, before)),
  alter: ({ before: object, was }, before) => {
    const { member, role } = membershipRoles(object);
    const isTaken = before.snapshot.major < WITH_GRANTORS && !was.is('admin');
    return statements(isTaken ? `REVOKE ADMIN OPTION FOR ${role} FROM ${member}` : granted(object, before));
  },
  rename: () => statements(),
};

function granted(object: CatalogObject, side: Side): string {
  const { member, role } = membershipRoles(object);
  const said = options(new Attributes(object), side.snapshot.major);
  return `GRANT ${role} TO ${member}${said}${grantedBy(object, side)}`;
}

/** Whoever runs the script need not be named, and is another one on another server. */
function grantedBy(object: CatalogObject, side: Side | null): string {
  const { grantor } = membershipRoles(object);
  return unquotedPart(grantor) === side?.snapshot.role ? '' : ` GRANTED BY ${grantor}`;
}

function options(attributes: Attributes, major: number): string {
  if (major < WITH_GRANTORS) return attributes.is('admin') ? ' WITH ADMIN OPTION' : '';
  const [admin, inherit, set] = ['admin', 'inherit', 'set'].map((name) =>
    attributes.is(name) ? 'TRUE' : 'FALSE',
  );
  return ` WITH ADMIN ${admin}, INHERIT ${inherit}, SET ${set}`;
}
