import type { CatalogObject } from '../../catalog/model.ts';
import { type Alteration, Attributes } from '../attributes.ts';
import { type AlterationDraft, guarded, MAKE_ANEW, statements, unwritten } from '../draft.ts';
import { routineExists } from '../guards.ts';
import { named, renamed } from '../kind-defaults.ts';
import { bareName, schemaOfName } from '../own-name.ts';
import { settingClause } from '../setting.ts';

/** CREATE OR REPLACE FUNCTION and PROCEDURE, from pg_proc (PostgreSQL manual 53.39). */
export const routine = named('ROUTINE', {
  designation: (object) => `${whatOf(object)} ${object.name}`,
  grantedOn: (object) => `${whatOf(object)} ${object.name}`,
  drop: (object) => statements(`DROP ${whatOf(object)} IF EXISTS ${object.name}`),
  create: (object) => {
    const attributes = new Attributes(object);
    if (attributes.text('library') !== null || attributes.text('language') === 'internal')
      return unwritten(`function ${object.name}: it is written in ${attributes.text('language')}`);
    return statements(creation(object, attributes));
  },
  alter: (change) => alterRoutine(change),
  rename: (object, to) => {
    const draft = renamed(`ALTER ${whatOf(object)} ${object.name}`, to);
    if (draft.statements.length !== 1) return draft;
    return guarded(routineExists(object.name), draft.statements[0]?.sql ?? '');
  },
});

function whatOf(object: CatalogObject): string {
  return new Attributes(object).text('kind') === 'p' ? 'PROCEDURE' : 'FUNCTION';
}

function creation(object: CatalogObject, attributes: Attributes): string {
  const result = attributes.text('result');
  return [
    `CREATE OR REPLACE ${whatOf(object)} ${schemaOfName(object)}.${bareName(object)}(${attributes.text('arguments')})`,
    ...(result === null ? [] : [`  RETURNS ${result}`]),
    `  LANGUAGE ${attributes.text('language')}`,
    ...traits(attributes).map((text) => `  ${text}`),
    bodyOf(attributes),
  ].join('\n');
}

const VOLATILITY: Readonly<Record<string, string>> = { i: 'IMMUTABLE', s: 'STABLE' };
const PARALLEL: Readonly<Record<string, string>> = { s: 'PARALLEL SAFE', r: 'PARALLEL RESTRICTED' };

/** What is not as PostgreSQL would take it by itself (manual, CREATE FUNCTION). */
function traits(attributes: Attributes): string[] {
  const [volatility, parallel] = [attributes.text('volatility') ?? 'v', attributes.text('parallel') ?? 'u'];
  const transforms = attributes.list('transforms').map((type) => `FOR TYPE ${type}`);
  const support = attributes.text('support')?.replace(/\(.*$/, '');
  const [cost, rows] = [attributes.text('cost'), attributes.text('rows')];
  const usualCost = ['c', 'internal'].includes(attributes.text('language') ?? '') ? '1' : '100';
  const returnsSet = /^(SETOF |TABLE\()/.test(attributes.text('result') ?? '');
  return [
    ...(attributes.text('kind') === 'w' ? ['WINDOW'] : []),
    ...(transforms.length === 0 ? [] : [`TRANSFORM ${transforms.join(', ')}`]),
    ...(VOLATILITY[volatility] === undefined ? [] : [VOLATILITY[volatility]]),
    ...(attributes.is('leakproof') ? ['LEAKPROOF'] : []),
    ...(attributes.is('strict') ? ['STRICT'] : []),
    ...(attributes.is('securityDefiner') ? ['SECURITY DEFINER'] : []),
    ...(PARALLEL[parallel] === undefined ? [] : [PARALLEL[parallel]]),
    ...(attributes.text('kind') === 'p' || cost === usualCost ? [] : [`COST ${cost}`]),
    ...(returnsSet && rows !== '1000' ? [`ROWS ${rows}`] : []),
    ...(support === undefined ? [] : [`SUPPORT ${support}`]),
    ...attributes.list('settings').map((text) => `SET ${settingClause(text)}`),
  ];
}

function bodyOf(attributes: Attributes): string {
  const standard = attributes.text('standardBody');
  if (standard !== null) return standard;
  const source = attributes.text('body') ?? attributes.text('source') ?? '';
  const tag = dollarTag(source);
  return `AS ${tag}${source}${tag}`;
}

/** A tag that does not occur in the text. */
export function dollarTag(text: string): string {
  for (let number = 0; ; number += 1) {
    const tag = number === 0 ? '$function$' : `$function${number}$`;
    if (!text.includes(tag)) return tag;
  }
}

/** The types of arguments are in the name; their names, defaults and the result cannot all be replaced. */
function alterRoutine(change: Alteration): AlterationDraft {
  if (change.differs('kind', 'result', 'arguments')) return MAKE_ANEW;
  const { before, was } = change;
  if (was.text('library') !== null || was.text('language') === 'internal')
    return unwritten(`function ${before.name}: it is written in ${was.text('language')}`);
  return statements(creation(before, was));
}
