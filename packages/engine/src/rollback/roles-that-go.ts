import { unquotedPart } from '../sql/qualified-name.ts';
import { quoteIdentifier } from '../sql/quote.ts';
import type { Action } from './action.ts';
import { all, roleExists } from './guards.ts';

/** Statements that PostgreSQL refuses about a role that is not there. */
const ABOUT_ROLES = /^(?:REVOKE|GRANT|SET LOCAL ROLE|ALTER DEFAULT PRIVILEGES|DO) /;

/** Names of the roles that a script drops, as PostgreSQL prints them. */
export function rolesThatGo(actions: ReadonlyMap<string, Action>): string[] {
  return [...actions.values()]
    .filter(({ verb, object }) => verb === 'drop' && object.traits.kind === 'role')
    .map(({ object }) => object.name);
}

/**
 * The same step, whose statements about privileges of such roles are run only as long as those are there: a second run of the
 * script finds them gone, and the privileges with them.
 */
export function whileRolesAreThere(action: Action, roles: readonly string[]): Action {
  if (roles.length === 0) return action;
  const statements = action.draft.statements.map(({ sql, onlyIf }) => {
    const conditions = roles.filter((role) => speaksOf(sql, role)).map(roleExists);
    if (conditions.length === 0) return { sql, onlyIf };
    return { sql, onlyIf: all(...conditions, ...(onlyIf === null ? [] : [onlyIf])) };
  });
  return { ...action, draft: { ...action.draft, statements } };
}

function speaksOf(sql: string, role: string): boolean {
  return (
    ABOUT_ROLES.test(sql) &&
    (sql.includes(quoteIdentifier(unquotedPart(role))) || sql.includes(` FOR ROLE ${role} `))
  );
}
