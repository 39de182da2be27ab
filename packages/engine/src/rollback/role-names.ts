import type { CatalogObject } from '../catalog/model.ts';

/** The three roles of a membership, as PostgreSQL prints them: quoted where they have to be. */
export interface MembershipRoles {
  readonly member: string;
  readonly role: string;
  readonly grantor: string;
}

const NAME = '("(?:[^"]|"")*"|\\S+)';
const MEMBERSHIP = new RegExp(`^${NAME} in ${NAME} granted by ${NAME}$`);
const SETTING = new RegExp(`^${NAME}( in current database)?$`);

/** @param membership whose name is `a in b granted by c` */
export function membershipRoles({ name }: CatalogObject): MembershipRoles {
  const [, member = '', role = '', grantor = ''] = MEMBERSHIP.exec(name) ?? [];
  return { member, role, grantor };
}

/** @param setting whose name is that of its role, with ` in current database` behind it where it holds in this one alone */
export function settingRole({ name }: CatalogObject): {
  readonly role: string;
  readonly isOfDatabase: boolean;
} {
  const [, role = '', here] = SETTING.exec(name) ?? [];
  return { role, isOfDatabase: here !== undefined };
}

/** Keys of the roles that an object is dropped with: both of a membership, the one of a setting. */
export function rolesItGoesWith(object: CatalogObject): string[] {
  const { kind } = object.traits;
  if (kind === 'role-setting') return [`role ${settingRole(object).role}`];
  if (kind !== 'role-membership') return [];
  const { member, role } = membershipRoles(object);
  return [`role ${member}`, `role ${role}`];
}
