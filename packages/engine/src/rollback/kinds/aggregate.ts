import { quoteLiteral } from '../../sql/quote.ts';
import { Attributes } from '../attributes.ts';
import { statements } from '../draft.ts';
import { named } from '../kind-defaults.ts';
import { bareName, schemaOfName } from '../own-name.ts';

const FUNCTIONS: readonly [attribute: string, option: string][] = [
  ['state', 'SFUNC'],
  ['final', 'FINALFUNC'],
  ['combine', 'COMBINEFUNC'],
  ['serialize', 'SERIALFUNC'],
  ['deserialize', 'DESERIALFUNC'],
  ['movingState', 'MSFUNC'],
  ['movingInverse', 'MINVFUNC'],
  ['movingFinal', 'MFINALFUNC'],
];
const MODIFY: Readonly<Record<string, string>> = { r: 'READ_ONLY', s: 'SHAREABLE', w: 'READ_WRITE' };
const PARALLEL: Readonly<Record<string, string>> = { s: 'SAFE', r: 'RESTRICTED', u: 'UNSAFE' };

/** CREATE OR REPLACE AGGREGATE, from pg_aggregate (PostgreSQL manual 53.2). */
export const aggregate = named('AGGREGATE', {
  grantedOn: ({ name }) => `FUNCTION ${name}`,
  create: (object) => {
    const attributes = new Attributes(object);
    const schema = schemaOfName(object);
    const head = `CREATE OR REPLACE AGGREGATE ${schema}.${bareName(object)}(${attributes.text('arguments')})`;
    return statements(`${head} (\n  ${optionsOf(attributes).join(',\n  ')}\n)`);
  },
});

function optionsOf(attributes: Attributes): string[] {
  const text = (name: string) => attributes.text(name);
  const kind = text('kind');
  const sort = text('sortOperator')?.replace(/\(.*$/, '');
  return [
    ...FUNCTIONS.flatMap(([attribute, option]) => {
      const value = text(attribute);
      return value === null ? [] : [`${option} = ${value.replace(/\(.*$/, '')}`];
    }),
    `STYPE = ${text('stateType')}`,
    ...space('SSPACE', text('stateSpace')),
    ...(text('movingStateType') === null ? [] : [`MSTYPE = ${text('movingStateType')}`]),
    ...space('MSSPACE', text('movingStateSpace')),
    ...(attributes.is('finalExtra') ? ['FINALFUNC_EXTRA'] : []),
    ...(attributes.is('movingFinalExtra') ? ['MFINALFUNC_EXTRA'] : []),
    ...(text('final') === null ? [] : [`FINALFUNC_MODIFY = ${MODIFY[text('finalModify') ?? 'r']}`]),
    ...(text('movingFinal') === null
      ? []
      : [`MFINALFUNC_MODIFY = ${MODIFY[text('movingFinalModify') ?? 'r']}`]),
    ...initial('INITCOND', text('initial')),
    ...initial('MINITCOND', text('movingInitial')),
    ...(sort === undefined ? [] : [`SORTOP = OPERATOR(${sort})`]),
    `PARALLEL = ${PARALLEL[text('parallel') ?? 'u']}`,
    ...(kind === 'h' ? ['HYPOTHETICAL'] : []),
  ];
}

function space(option: string, value: string | null): string[] {
  return value === null || value === '0' ? [] : [`${option} = ${value}`];
}

function initial(option: string, value: string | null): string[] {
  return value === null ? [] : [`${option} = ${quoteLiteral(value).trim()}`];
}
