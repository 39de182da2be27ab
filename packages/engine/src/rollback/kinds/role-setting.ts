import type { CatalogObject } from '../../catalog/model.ts';
import { Attributes } from '../attributes.ts';
import { type Draft, statements } from '../draft.ts';
import type { KindWriter } from '../kind-writer.ts';
import { settingRole } from '../role-names.ts';
import { changedSettings } from '../setting.ts';
import { onThis } from '../this-database.ts';

/** ALTER ROLE … SET, in all databases or in the one that the script is for. Its name follows that of the role. */
export const roleSetting: KindWriter = {
  designation: () => null,
  grantedOn: () => null,
  drop: (object) => altered(object, [], new Attributes(object).list('settings')),
  create: (object) => altered(object, new Attributes(object).list('settings'), []),
  alter: ({ before, was, is }) => altered(before, was.list('settings'), is.list('settings')),
  rename: () => statements(),
};

function altered(object: CatalogObject, wanted: readonly string[], present: readonly string[]): Draft {
  const { role, isOfDatabase } = settingRole(object);
  const texts = changedSettings(wanted, present).map((text) =>
    isOfDatabase ? onThis(`ALTER ROLE ${role} IN DATABASE %I ${text}`) : `ALTER ROLE ${role} ${text}`,
  );
  return statements(...texts);
}
