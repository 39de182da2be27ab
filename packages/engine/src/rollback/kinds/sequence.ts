import type { CatalogObject } from '../../catalog/model.ts';
import { quoteLiteral } from '../../sql/quote.ts';
import { type Alteration, Attributes } from '../attributes.ts';
import { MAKE_ANEW, statements } from '../draft.ts';
import { named, renamed } from '../kind-defaults.ts';

/** Options of a sequence as CREATE and ALTER SEQUENCE, and identity columns, take them (PostgreSQL manual, CREATE SEQUENCE). */
export function sequenceOptions(attributes: Attributes): string {
  return [
    `START WITH ${attributes.text('start')}`,
    `INCREMENT BY ${attributes.text('increment')}`,
    `MINVALUE ${attributes.text('minimum')}`,
    `MAXVALUE ${attributes.text('maximum')}`,
    `CACHE ${attributes.text('cache')}`,
    attributes.is('cycle') ? 'CYCLE' : 'NO CYCLE',
  ].join(' ');
}

/** CREATE SEQUENCE; the column that owns it is said in a step of its own, once there is one. */
export const sequence = named('SEQUENCE', {
  grantedOn: ({ name }) => `SEQUENCE ${name}`,
  create: (object) => {
    const attributes = new Attributes(object);
    const unlogged =
      attributes.text('persistence') === 'u' && attributes.text('ownedBy') === null ? 'UNLOGGED ' : '';
    return statements(
      `CREATE ${unlogged}SEQUENCE IF NOT EXISTS ${object.name} AS ${attributes.text('type')} ${sequenceOptions(attributes)}`,
    );
  },
  alter: (change) => {
    const { before, was, is } = change;
    const alter = `ALTER SEQUENCE IF EXISTS ${before.name}`;
    const options = ['type', 'start', 'increment', 'minimum', 'maximum', 'cache', 'cycle'];
    const sides = [was.text('ownership') === 'i', is.text('ownership') === 'i'];
    if (sides[0] !== sides[1]) return MAKE_ANEW;
    return statements(
      ...(change.differs(...options) ? [`${alter} AS ${was.text('type')} ${sequenceOptions(was)}`] : []),
      ...(change.differs('ownedBy') ? [`${alter} OWNED BY ${was.text('ownedBy') ?? 'NONE'}`] : []),
      ...persistence(change),
    );
  },
  rename: ({ name }, to) => renamed(`ALTER SEQUENCE IF EXISTS ${name}`, to),
});

/**
 * Moves a sequence that was made anew behind the numbers that its column holds, and never back: it would give out numbers
 * that are taken.
 * @param column the name of the column in its table
 */
export function movedOn(sequence: CatalogObject, column: string): string {
  const descends = new Attributes(sequence).text('increment')?.startsWith('-') === true;
  const [last, beyond] = descends ? ['min', '<='] : ['max', '>='];
  return `SELECT setval(${quoteLiteral(sequence.name)}, ${last}(${column})) FROM ${sequence.table} HAVING ${last}(${column}) ${beyond} (SELECT last_value FROM ${sequence.name})`;
}

/** That of an owned sequence follows its table's. */
function persistence(change: Alteration): string[] {
  if (!change.differs('persistence') || change.was.text('ownedBy') !== null) return [];
  const to = change.was.text('persistence') === 'u' ? 'UNLOGGED' : 'LOGGED';
  return [`ALTER SEQUENCE IF EXISTS ${change.before.name} SET ${to}`];
}
