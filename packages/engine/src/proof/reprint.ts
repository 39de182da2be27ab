import type { CatalogObject } from '../catalog/model.ts';
import { type AttributeChange, type Change, equalityOf, worseEquality } from '../diff/change.ts';
import type { Comparison } from '../diff/compare-snapshots.ts';
import { ServerError } from '../postgres/server-error.ts';
import type { Session } from '../postgres/session.ts';
import { quoteLiteral } from '../sql/quote.ts';

/**
 * Asks the server whether two definitions that are printed differently mean the same: each is executed as it
 * is printed, and printed again. ALTER TYPE, for one, leaves casts behind in index expressions that
 * disappear as soon as the index is made from its own text. Everything happens in transactions that are
 * rolled back; what the server refuses stays different.
 *
 * @param comparison of two snapshots, the second of which is the present state of the session's database
 */
export async function reprint(comparison: Comparison, session: Session): Promise<Comparison> {
  if (comparison.equality !== 'different') return comparison;
  const changes: Change[] = [];
  for (const change of comparison.changes) changes.push(await reprintChange(change, session));
  return { ...comparison, changes, equality: changes.map(equalityOf).reduce(worseEquality, 'exact') };
}

async function reprintChange(change: Change, session: Session): Promise<Change> {
  if (change.change !== 'different') return change;
  const attributes: AttributeChange[] = [];
  for (const attribute of change.attributes) {
    const equivalent = attribute.equivalent || (await printsAlike(change.after, attribute, session));
    attributes.push({ ...attribute, equivalent });
  }
  const definition = attributes.find(({ attribute }) => attribute === 'definition');
  return { ...change, attributes: definition?.equivalent ? attributes.map(settleIndex) : attributes };
}

/** The index behind a constraint follows the constraint's definition. */
function settleIndex(attribute: AttributeChange): AttributeChange {
  return attribute.attribute === 'index' ? { ...attribute, equivalent: true } : attribute;
}

async function printsAlike(
  object: CatalogObject,
  { attribute, before, after }: AttributeChange,
  session: Session,
): Promise<boolean> {
  const press = PRESSES[`${object.traits.kind}.${attribute}`];
  if (press === undefined || typeof before !== 'string' || typeof after !== 'string') return false;
  const [first, second] = [
    await print(press(object, before), session),
    await print(press(object, after), session),
  ];
  return first !== null && first === second;
}

/** Statements that give an object a definition, and a query for how the server prints it then. */
interface Press {
  readonly make: readonly string[];
  readonly read: string;
}

async function print({ make, read }: Press, session: Session): Promise<string | null> {
  try {
    const script = ['begin', 'set local search_path = pg_catalog, pg_temp', ...make, read];
    const results = await session.batch(
      script.map((statement) => statement.replace(/;\s*$/, '')).join(';\n'),
    );
    return String(results.at(-1)?.[0]?.['text'] ?? '');
  } catch (error) {
    if (!(error instanceof ServerError) || error.sqlstate === null) throw error;
    return null;
  } finally {
    await session.query('rollback');
  }
}

type PressFor = (object: CatalogObject, definition: string) => Press;

const viewPress: PressFor = (_object, definition) => ({
  make: [`create temporary view pivotal_flow_reprint as ${definition}`],
  read: `select pg_get_viewdef('pg_temp.pivotal_flow_reprint'::regclass) as text`,
});

const defaultPress: PressFor = ({ name, table }, definition) => ({
  make: [
    `alter table ${table} alter column ${name.slice(String(table).length + 1)} set default ${definition}`,
  ],
  read: `select pg_get_expr(d.adbin, d.adrelid) as text from pg_attrdef d join pg_attribute a on a.attrelid = d.adrelid and a.attnum = d.adnum
    where d.adrelid = ${quoteLiteral(String(table))}::regclass and quote_ident(a.attname) = ${quoteLiteral(name.slice(String(table).length + 1))}`,
});

const policyPress =
  (clause: 'using' | 'with check', column: 'polqual' | 'polwithcheck'): PressFor =>
  (object, definition) => ({
    make: [`alter policy ${ownName(object)} on ${object.table} ${clause} (${definition})`],
    read: `select pg_get_expr(${column}, polrelid) as text from pg_policy where polrelid = ${quoteLiteral(String(object.table))}::regclass and quote_ident(polname) = ${quoteLiteral(ownName(object))}`,
  });

/** By kind and attribute. */
const PRESSES: Readonly<Record<string, PressFor>> = {
  'index.definition': ({ name }, definition) => ({
    make: [`drop index ${name}`, definition],
    read: `select pg_get_indexdef(${quoteLiteral(name)}::regclass) as text`,
  }),
  'constraint.definition': (object, definition) => {
    const what = object.parent?.startsWith('domain ') ? 'domain' : 'table';
    const owner =
      what === 'domain'
        ? `contypid = ${quoteLiteral(String(object.table))}::regtype`
        : `conrelid = ${quoteLiteral(String(object.table))}::regclass`;
    return {
      make: [
        `alter ${what} ${object.table} drop constraint ${ownName(object)}`,
        `alter ${what} ${object.table} add constraint ${ownName(object)} ${definition}`,
      ],
      read: `select pg_get_constraintdef(oid) as text from pg_constraint where ${owner} and quote_ident(conname) = ${quoteLiteral(ownName(object))}`,
    };
  },
  'view.definition': viewPress,
  'materialized-view.definition': viewPress,
  'column.default': defaultPress,
  'policy.using': policyPress('using', 'polqual'),
  'policy.check': policyPress('with check', 'polwithcheck'),
};

function ownName({ name, table }: CatalogObject): string {
  return name.slice(0, name.length - ` on ${table}`.length);
}
