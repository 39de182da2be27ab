const ROLES = 'roles belong to the cluster; pg_dumpall writes them';

/** Mutations that leave the text of `pg_dump --schema-only --create` (18) as it was, and why. */
export const DUMP_IS_BLIND: Readonly<Record<string, string>> = {
  'extension: version':
    'extensions are dumped without their version, so that a newer server can restore them',
  'materialized-view: not populated': 'a dump without rows leaves every materialized view empty',
  'role: attribute': ROLES,
  'role: comment': ROLES,
  'role-membership: granted': ROLES,
  'role-setting: of a role everywhere': ROLES,
  'parameter-privileges: granted': 'settings belong to the cluster; pg_dumpall writes their privileges',
};
