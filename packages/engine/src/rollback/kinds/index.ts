import { type Alteration, Attributes } from '../attributes.ts';
import { type Draft, inOrder, MAKE_ANEW, statements, unwritten } from '../draft.ts';
import { named, renamed } from '../kind-defaults.ts';
import { bareName } from '../own-name.ts';
import type { Side } from '../side.ts';
import { indexSettings, statisticsOfIndex } from './constraint.ts';

const SETTINGS: readonly string[] = ['clustered', 'replicaIdentity', 'tablespace', 'statistics', 'parent'];

/** CREATE INDEX, as PostgreSQL prints it, with IF NOT EXISTS. */
export const index = named('INDEX', {
  create: (object) => {
    const attributes = new Attributes(object);
    if (!attributes.is('valid')) return unwritten(`index ${object.name}: it was invalid`);
    return inOrder(
      statements(createIndex(attributes.text('definition') ?? '')),
      statements(
        ...(attributes.is('clustered') ? [`ALTER TABLE ${object.table} CLUSTER ON ${bareName(object)}`] : []),
        ...(attributes.is('replicaIdentity')
          ? [`ALTER TABLE ${object.table} REPLICA IDENTITY USING INDEX ${bareName(object)}`]
          : []),
        ...statisticsOfIndex(object.name, attributes.list('statistics')),
      ),
    );
  },
  alter: (change, before, after) => {
    if (change.differs('parent') && !isMovedWithTable(change, before, after)) return MAKE_ANEW;
    if (!change.changed.every((name) => SETTINGS.includes(name))) return MAKE_ANEW;
    const { before: object, was } = change;
    return statements(
      ...indexSettings(change, object.name, bareName(object)),
      ...(change.differs('tablespace')
        ? [`ALTER INDEX ${object.name} SET TABLESPACE ${was.text('tablespace') ?? 'pg_default'}`]
        : []),
      ...(change.differs('statistics')
        ? changedStatistics(object.name, was.list('statistics'), change.is.list('statistics'))
        : []),
    );
  },
  rename: ({ name }, { name: to }) => (to === null ? statements() : renamedIndex(name, to)),
});

/** An index joins and leaves that of the parent when its partition is attached and detached. */
function isMovedWithTable({ before: { table } }: Alteration, before: Side, after: Side): boolean {
  const [was, is] = [before.get(`table ${table}`), after.get(`table ${table}`)];
  if (was === undefined || is === undefined) return false;
  return !new Attributes(was).same('parents', new Attributes(is));
}

function createIndex(definition: string): string {
  return definition.replace(/^CREATE (UNIQUE )?INDEX /, (start) => `${start}IF NOT EXISTS `);
}

function changedStatistics(index: string, wanted: readonly string[], present: readonly string[]): string[] {
  const numbers = wanted.map((text) => text.split('=')[0]);
  const gone = present
    .filter((text) => !numbers.includes(text.split('=')[0]))
    .map((text) => `${text.split('=')[0]}=-1`);
  return statisticsOfIndex(index, [...gone, ...wanted]);
}

/** An index lies in the schema of its table, and moves with it. */
function renamedIndex(name: string, to: string): Draft {
  return renamed(`ALTER INDEX IF EXISTS ${name}`, { schema: null, name: to });
}
