import type { CatalogObject } from '../../catalog/model.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { type Alteration, Attributes } from '../attributes.ts';
import { type AlterationDraft, guarded, MAKE_ANEW, statements } from '../draft.ts';
import { named } from '../kind-defaults.ts';
import { withoutArguments } from '../own-name.ts';
import type { Side } from '../side.ts';

/** Operators that each other's rows name; making the one makes the link of the other. */
const PARTNERS: readonly string[] = ['commutator', 'negator'];

/** CREATE OPERATOR. One without a function is only the name that another one gave as its commutator or negator. */
export const operator = named('OPERATOR', {
  create: (object) => {
    const attributes = new Attributes(object);
    if (attributes.text('function') === null) return statements();
    const text = `CREATE OPERATOR ${operatorName(object.name)} (\n  ${options(object, attributes).join(',\n  ')}\n)`;
    return guarded(`NOT ${exists(object)}`, text);
  },
  alter: (change, before, after) => alterOperator(change, before, after),
});

/** `public.===` of `public.===(integer, integer)`. No operator has a parenthesis in it. */
function operatorName(name: string): string {
  return name.slice(0, /\((?:[^()]|\([^()]*\))*\)$/.exec(name)?.index ?? name.length);
}

/** @return the types of the operands; `NONE` where there is none on the left */
function operands(name: string): [string, string] {
  const inner = name.slice(operatorName(name).length + 1, -1);
  const [, left = '', right = ''] = /^((?:"(?:[^"]|"")*"|[^",])*), (.*)$/.exec(inner) ?? [];
  return [left, right];
}

function options(object: CatalogObject, attributes: Attributes): string[] {
  const [left, right] = operands(object.name);
  const partner = (attribute: string) => {
    const name = attributes.text(attribute);
    return name === null ? [] : [`${attribute.toUpperCase()} = OPERATOR(${operatorName(name)})`];
  };
  const estimator = (attribute: string) => {
    const name = attributes.text(attribute);
    return name === null ? [] : [`${attribute.toUpperCase()} = ${withoutArguments(name)}`];
  };
  return [
    `FUNCTION = ${withoutArguments(attributes.text('function') ?? '')}`,
    ...(left === 'NONE' ? [] : [`LEFTARG = ${left}`]),
    `RIGHTARG = ${right}`,
    ...PARTNERS.flatMap(partner),
    ...['restrict', 'join'].flatMap(estimator),
    ...(attributes.is('hashes') ? ['HASHES'] : []),
    ...(attributes.is('merges') ? ['MERGES'] : []),
  ];
}

function alterOperator(change: Alteration, before: Side, after: Side): AlterationDraft {
  const { was, is } = change;
  const partnersStay = PARTNERS.filter((name) => change.differs(name)).some((name) => {
    const key = `operator ${was.text(name) ?? is.text(name)}`;
    return before.get(key) !== undefined && after.get(key) !== undefined;
  });
  if (partnersStay || change.differs('result', 'function', 'merges', 'hashes')) return MAKE_ANEW;
  const estimators = ['restrict', 'join'].filter((name) => change.differs(name));
  if (estimators.length === 0) return statements();
  const list = estimators.map(
    (name) => `${name.toUpperCase()} = ${withoutArguments(was.text(name) ?? 'NONE')}`,
  );
  return statements(`ALTER OPERATOR ${change.before.name} SET (${list.join(', ')})`);
}

function exists({ name }: CatalogObject): string {
  return `EXISTS (SELECT FROM pg_operator WHERE oid = to_regoperator(${quoteLiteral(name)}) AND oprcode <> 0)`;
}
