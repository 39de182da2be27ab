import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import { type Draft, guarded, inOrder, MAKE_ANEW, statements } from '../draft.ts';
import { not, triggerExists } from '../guards.ts';
import { named } from '../kind-defaults.ts';
import { ownNameOn } from '../own-name.ts';

/** `pg_trigger.tgenabled`. */
export const ENABLED: Readonly<Record<string, string>> = {
  O: 'ENABLE',
  D: 'DISABLE',
  R: 'ENABLE REPLICA',
  A: 'ENABLE ALWAYS',
};

/** CREATE TRIGGER, as PostgreSQL prints it, and when it fires. */
export const trigger = named('TRIGGER', {
  designation: (object) => `TRIGGER ${ownNameOn(object)} ON ${object.table}`,
  drop: (object) => statements(`DROP TRIGGER IF EXISTS ${ownNameOn(object)} ON ${object.table}`),
  create: (object) =>
    inOrder(
      guarded(
        not(triggerExists(object.table ?? '', ownNameOn(object))),
        new Attributes(object).text('definition') ?? '',
      ),
      state(object, 'O'),
    ),
  alter: (change) =>
    change.changed.every((name) => name === 'enabled') ? state(change.before, null) : MAKE_ANEW,
  rename: (object, { name }) =>
    guarded(
      triggerExists(object.table ?? '', ownNameOn(object)),
      `ALTER TRIGGER ${ownNameOn(object)} ON ${object.table} RENAME TO ${name}`,
    ),
});

function state(object: CatalogObject, usual: string | null): Draft {
  const enabled = new Attributes(object).text('enabled') ?? 'O';
  if (enabled === usual) return statements();
  const alter = object.parent?.startsWith('view ') ? 'VIEW' : 'TABLE';
  return statements(`ALTER ${alter} ${object.table} ${ENABLED[enabled]} TRIGGER ${ownNameOn(object)}`);
}
