import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import { type Draft, guarded, inOrder, statements } from '../draft.ts';
import { ruleExists } from '../guards.ts';
import { named } from '../kind-defaults.ts';
import { ownNameOn } from '../own-name.ts';
import { ENABLED } from './trigger.ts';

/** CREATE OR REPLACE RULE, as PostgreSQL prints it. */
export const rule = named('RULE', {
  designation: (object) => `RULE ${ownNameOn(object)} ON ${object.table}`,
  drop: (object) => statements(`DROP RULE IF EXISTS ${ownNameOn(object)} ON ${object.table}`),
  create: (object) => inOrder(statements(creation(object)), state(object, 'O')),
  alter: (change) =>
    inOrder(
      change.differs('definition') ? statements(creation(change.before)) : statements(),
      change.differs('enabled') ? state(change.before, null) : statements(),
    ),
  rename: (object, { name }) =>
    guarded(
      ruleExists(object.table ?? '', ownNameOn(object)),
      `ALTER RULE ${ownNameOn(object)} ON ${object.table} RENAME TO ${name}`,
    ),
});

function creation(object: CatalogObject): string {
  const definition = new Attributes(object).text('definition') ?? '';
  return definition.replace(/^CREATE RULE/, 'CREATE OR REPLACE RULE').replace(/;\s*$/, '');
}

function state(object: CatalogObject, usual: string | null): Draft {
  const enabled = new Attributes(object).text('enabled') ?? 'O';
  if (enabled === usual) return statements();
  return statements(`ALTER TABLE ${object.table} ${ENABLED[enabled]} RULE ${ownNameOn(object)}`);
}
