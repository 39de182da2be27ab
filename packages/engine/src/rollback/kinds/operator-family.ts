import type { CatalogObject } from '../../catalog/model.ts';
import { partsOfName, unquotedPart } from '../../sql/qualified-name.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { type Draft, guarded, inOrder } from '../draft.ts';
import { named } from '../kind-defaults.ts';
import { looseMembers, type OperatorMember } from '../operator-members.ts';
import { nameAndMethod, usingMethod } from '../using-method.ts';

/** CREATE OPERATOR FAMILY; members that belong to a class come and go with it. */
export const operatorFamily = named('OPERATOR FAMILY', {
  ...usingMethod('OPERATOR FAMILY'),
  create: (object, before) => {
    const { name, method } = nameAndMethod(object);
    return inOrder(
      guarded(`NOT EXISTS (${row(object)})`, `CREATE OPERATOR FAMILY ${name} USING ${method}`),
      ...looseMembers(object, before).map((member) => added(object, member)),
    );
  },
  alter: (change, before, after) => {
    const [wanted, present] = [looseMembers(change.before, before), looseMembers(change.after, after)];
    const isIn = (list: readonly OperatorMember[]) => (one: OperatorMember) =>
      list.some(({ text }) => text === one.text);
    return inOrder(
      ...present.filter((one) => !isIn(wanted)(one)).map((member) => removed(change.before, member)),
      ...wanted.filter((one) => !isIn(present)(one)).map((member) => added(change.before, member)),
    );
  },
});

function row(object: CatalogObject): string {
  const { name, method } = nameAndMethod(object);
  const [schema = '', own = ''] = partsOfName(name);
  return `SELECT pg_opfamily.oid FROM pg_opfamily WHERE opfname = ${quoteLiteral(unquotedPart(own))} AND opfnamespace = to_regnamespace(${quoteLiteral(schema)}) AND opfmethod = (SELECT pg_am.oid FROM pg_am WHERE amname = ${quoteLiteral(unquotedPart(method))})`;
}

function added(family: CatalogObject, member: OperatorMember): Draft {
  const { name, method } = nameAndMethod(family);
  return guarded(
    `NOT ${exists(family, member)}`,
    `ALTER OPERATOR FAMILY ${name} USING ${method} ADD ${member.text}`,
  );
}

function removed(family: CatalogObject, member: OperatorMember): Draft {
  const { name, method } = nameAndMethod(family);
  const what = `${member.what.toUpperCase()} ${member.number} (${member.types})`;
  return guarded(exists(family, member), `ALTER OPERATOR FAMILY ${name} USING ${method} DROP ${what}`);
}

function exists(family: CatalogObject, { what, number, types }: OperatorMember): string {
  const [left = '', right = ''] = types.split(', ');
  const [catalog, prefix, column] =
    what === 'operator' ? ['pg_amop', 'amop', 'amopstrategy'] : ['pg_amproc', 'amproc', 'amprocnum'];
  return `EXISTS (SELECT FROM ${catalog} WHERE ${prefix}family = (${row(family)}) AND ${column} = ${number} AND ${prefix}lefttype = to_regtype(${quoteLiteral(left)}) AND ${prefix}righttype = to_regtype(${quoteLiteral(right)}))`;
}
