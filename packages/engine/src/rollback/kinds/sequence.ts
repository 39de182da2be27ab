import { type Alteration, Attributes } from '../attributes.ts';
import { statements, unwritten } from '../draft.ts';
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
    const { before, was } = change;
    const alter = `ALTER SEQUENCE IF EXISTS ${before.name}`;
    const options = ['type', 'start', 'increment', 'minimum', 'maximum', 'cache', 'cycle'];
    if (change.differs('ownership') && (was.text('ownership') === 'i' || change.is.text('ownership') === 'i'))
      return unwritten(`sequence ${before.name}: it belongs to an identity column on one side only`);
    return statements(
      ...(change.differs(...options) ? [`${alter} AS ${was.text('type')} ${sequenceOptions(was)}`] : []),
      ...(change.differs('ownedBy') ? [`${alter} OWNED BY ${was.text('ownedBy') ?? 'NONE'}`] : []),
      ...persistence(change),
    );
  },
  rename: ({ name }, to) => renamed(`ALTER SEQUENCE IF EXISTS ${name}`, to),
});

/** That of an owned sequence follows its table's. */
function persistence(change: Alteration): string[] {
  if (!change.differs('persistence') || change.was.text('ownedBy') !== null) return [];
  const to = change.was.text('persistence') === 'u' ? 'UNLOGGED' : 'LOGGED';
  return [`ALTER SEQUENCE IF EXISTS ${change.before.name} SET ${to}`];
}
